{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_sources() -%}
{%- set words = {
  "google_contacts": {
    "staging_table": "google_contacts_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD",
      "MM/DD/YYYY"
    ],
    "datetime_formats": [],
    "decimal_mark": "",
    "group_mark": "",
    "currency": "",
    "columns": {
      "given_name": {
        "headers": [
          "First Name",
          "Given Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "additional_name": {
        "headers": [
          "Middle Name",
          "Additional Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "family_name": {
        "headers": [
          "Last Name",
          "Family Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "honorific_prefix": {
        "headers": [
          "Name Prefix"
        ],
        "parse_format": "text",
        "required": false
      },
      "honorific_suffix": {
        "headers": [
          "Name Suffix"
        ],
        "parse_format": "text",
        "required": false
      },
      "nickname": {
        "headers": [
          "Nickname"
        ],
        "parse_format": "text",
        "required": false
      },
      "organization_name": {
        "headers": [
          "Organization Name",
          "Organization 1 - Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "job_title": {
        "headers": [
          "Organization Title",
          "Organization 1 - Title"
        ],
        "parse_format": "text",
        "required": false
      },
      "department": {
        "headers": [
          "Organization Department",
          "Organization 1 - Department"
        ],
        "parse_format": "text",
        "required": false
      },
      "birth_date": {
        "headers": [
          "Birthday"
        ],
        "parse_format": "date",
        "required": false
      },
      "description": {
        "headers": [
          "Notes"
        ],
        "parse_format": "text",
        "required": false
      },
      "tags": {
        "headers": [
          "Labels",
          "Group Membership"
        ],
        "parse_format": "text_list",
        "required": false,
        "value_separator": " ::: "
      },
      "email": {
        "headers": [
          "E-mail 1 - Value"
        ],
        "parse_format": "email",
        "required": false,
        "value_separator": " ::: "
      },
      "second_email": {
        "headers": [
          "E-mail 2 - Value"
        ],
        "parse_format": "email",
        "required": false,
        "value_separator": " ::: "
      },
      "third_email": {
        "headers": [
          "E-mail 3 - Value"
        ],
        "parse_format": "email",
        "required": false,
        "value_separator": " ::: "
      },
      "phone_label": {
        "headers": [
          "Phone 1 - Label",
          "Phone 1 - Type"
        ],
        "parse_format": "word",
        "required": false
      },
      "phone": {
        "headers": [
          "Phone 1 - Value"
        ],
        "parse_format": "e164",
        "required": false,
        "value_separator": " ::: "
      },
      "second_phone_label": {
        "headers": [
          "Phone 2 - Label",
          "Phone 2 - Type"
        ],
        "parse_format": "word",
        "required": false
      },
      "second_phone": {
        "headers": [
          "Phone 2 - Value"
        ],
        "parse_format": "e164",
        "required": false,
        "value_separator": " ::: "
      },
      "third_phone_label": {
        "headers": [
          "Phone 3 - Label",
          "Phone 3 - Type"
        ],
        "parse_format": "word",
        "required": false
      },
      "third_phone": {
        "headers": [
          "Phone 3 - Value"
        ],
        "parse_format": "e164",
        "required": false,
        "value_separator": " ::: "
      },
      "first_street": {
        "headers": [
          "Address 1 - Street"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_extended_address": {
        "headers": [
          "Address 1 - Extended Address"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_post_office_box": {
        "headers": [
          "Address 1 - PO Box"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_locality": {
        "headers": [
          "Address 1 - City"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_region": {
        "headers": [
          "Address 1 - Region"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_postal_code": {
        "headers": [
          "Address 1 - Postal Code"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "first_country": {
        "headers": [
          "Address 1 - Country"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "first_address"
      },
      "second_street": {
        "headers": [
          "Address 2 - Street"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_extended_address": {
        "headers": [
          "Address 2 - Extended Address"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_post_office_box": {
        "headers": [
          "Address 2 - PO Box"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_locality": {
        "headers": [
          "Address 2 - City"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_region": {
        "headers": [
          "Address 2 - Region"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_postal_code": {
        "headers": [
          "Address 2 - Postal Code"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "second_country": {
        "headers": [
          "Address 2 - Country"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: ",
        "value_group": "second_address"
      },
      "url": {
        "headers": [
          "Website 1 - Value"
        ],
        "parse_format": "text",
        "required": false,
        "value_separator": " ::: "
      }
    },
    "row_rules": {
      "several_values_in_a_cell": "concat_ws(' ', organization_name, job_title, department) not like '% ::: %'"
    }
  },
  "mmex_book": {
    "staging_table": "mmex_transactions_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD",
      "YYYY-MM-DD\"T\"HH24:MI:SS",
      "YYYY-MM-DD HH24:MI:SS"
    ],
    "datetime_formats": [],
    "decimal_mark": ".",
    "group_mark": "",
    "currency": "",
    "columns": {
      "external_id": {
        "headers": [
          "ID"
        ],
        "parse_format": "text",
        "required": true
      },
      "line_number": {
        "headers": [
          "Part"
        ],
        "parse_format": "integer",
        "required": false
      },
      "line_count": {
        "headers": [
          "Parts"
        ],
        "parse_format": "integer",
        "required": false
      },
      "transaction_type": {
        "headers": [
          "Type"
        ],
        "parse_format": "word",
        "required": true
      },
      "transaction_date": {
        "headers": [
          "Date"
        ],
        "parse_format": "date",
        "required": false
      },
      "source_status": {
        "headers": [
          "Status"
        ],
        "parse_format": "word",
        "required": false
      },
      "account_name": {
        "headers": [
          "Account"
        ],
        "parse_format": "text",
        "required": false
      },
      "counter_account_name": {
        "headers": [
          "ToAccount"
        ],
        "parse_format": "text",
        "required": false
      },
      "payee_name": {
        "headers": [
          "Payee"
        ],
        "parse_format": "text",
        "required": false
      },
      "category": {
        "headers": [
          "Category"
        ],
        "parse_format": "text",
        "required": false
      },
      "amount": {
        "headers": [
          "Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "line_amount": {
        "headers": [
          "PartAmount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "counter_amount": {
        "headers": [
          "ToAmount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "currency": {
        "headers": [
          "Currency"
        ],
        "parse_format": "currency",
        "required": false
      },
      "counter_currency": {
        "headers": [
          "ToCurrency"
        ],
        "parse_format": "currency",
        "required": false
      },
      "transaction_number": {
        "headers": [
          "Number"
        ],
        "parse_format": "text",
        "required": false
      },
      "description": {
        "headers": [
          "Notes"
        ],
        "parse_format": "text",
        "required": false
      },
      "deleted_time": {
        "headers": [
          "DeletedTime"
        ],
        "parse_format": "text",
        "required": false
      },
      "account_kind": {
        "headers": [
          "AccountType"
        ],
        "parse_format": "word",
        "required": false
      },
      "opening_balance": {
        "headers": [
          "InitialBalance"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "institution_name": {
        "headers": [
          "HeldAt"
        ],
        "parse_format": "text",
        "required": false
      },
      "account_status": {
        "headers": [
          "AccountStatus"
        ],
        "parse_format": "word",
        "required": false
      },
      "book": {
        "headers": [
          "Book"
        ],
        "parse_format": "text",
        "required": true
      }
    },
    "row_rules": {}
  },
  "mmex_csv": {
    "staging_table": "mmex_legs_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD"
    ],
    "datetime_formats": [],
    "decimal_mark": ".",
    "group_mark": ",",
    "currency": "USD",
    "columns": {
      "external_id": {
        "headers": [
          "ID"
        ],
        "parse_format": "text",
        "required": true
      },
      "line_number": {
        "headers": [
          "_number"
        ],
        "parse_format": "integer",
        "required": true
      },
      "line_count": {
        "headers": [
          "_count"
        ],
        "parse_format": "integer",
        "required": true
      },
      "transaction_date": {
        "headers": [
          "Date"
        ],
        "parse_format": "date",
        "required": true
      },
      "source_status": {
        "headers": [
          "Status"
        ],
        "parse_format": "word",
        "required": false
      },
      "transaction_type": {
        "headers": [
          "Type"
        ],
        "parse_format": "word",
        "required": true
      },
      "account_name": {
        "headers": [
          "Account"
        ],
        "parse_format": "text",
        "required": true
      },
      "payee_name": {
        "headers": [
          "Payee"
        ],
        "parse_format": "text",
        "required": false
      },
      "category": {
        "headers": [
          "Category"
        ],
        "parse_format": "text",
        "required": false
      },
      "amount": {
        "headers": [
          "Amount"
        ],
        "parse_format": "decimal",
        "required": true
      },
      "currency": {
        "headers": [
          "Currency"
        ],
        "parse_format": "currency",
        "required": false
      },
      "transaction_number": {
        "headers": [
          "Number"
        ],
        "parse_format": "text",
        "required": false
      },
      "description": {
        "headers": [
          "Notes"
        ],
        "parse_format": "text",
        "required": false
      },
      "book": {
        "headers": [
          "Book"
        ],
        "parse_format": "text",
        "required": false
      }
    },
    "row_rules": {}
  },
  "mmex_universal_csv": {
    "staging_table": "mmex_account_flows_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD"
    ],
    "datetime_formats": [],
    "decimal_mark": ".",
    "group_mark": ",",
    "currency": "USD",
    "columns": {
      "external_id": {
        "headers": [
          "ID"
        ],
        "parse_format": "text",
        "required": true
      },
      "line_number": {
        "headers": [
          "_number"
        ],
        "parse_format": "integer",
        "required": true
      },
      "line_count": {
        "headers": [
          "_count"
        ],
        "parse_format": "integer",
        "required": true
      },
      "transaction_date": {
        "headers": [
          "Date"
        ],
        "parse_format": "date",
        "required": true
      },
      "source_status": {
        "headers": [
          "Status"
        ],
        "parse_format": "word",
        "required": false
      },
      "transaction_type": {
        "headers": [
          "Type"
        ],
        "parse_format": "word",
        "required": false
      },
      "account_name": {
        "headers": [
          "Account"
        ],
        "parse_format": "text",
        "required": true
      },
      "payee_name": {
        "headers": [
          "Payee"
        ],
        "parse_format": "text",
        "required": false
      },
      "category": {
        "headers": [
          "Category"
        ],
        "parse_format": "text",
        "required": false
      },
      "subcategory": {
        "headers": [
          "SubCategory",
          "Subcategory"
        ],
        "parse_format": "text",
        "required": false
      },
      "amount": {
        "headers": [
          "Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "withdrawal_amount": {
        "headers": [
          "Withdrawal"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "deposit_amount": {
        "headers": [
          "Deposit"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "currency": {
        "headers": [
          "Currency"
        ],
        "parse_format": "currency",
        "required": false
      },
      "transaction_number": {
        "headers": [
          "Number"
        ],
        "parse_format": "text",
        "required": false
      },
      "description": {
        "headers": [
          "Notes"
        ],
        "parse_format": "text",
        "required": false
      },
      "book": {
        "headers": [
          "Book"
        ],
        "parse_format": "text",
        "required": false
      }
    },
    "row_rules": {}
  },
  "notion_projects": {
    "staging_table": "notion_projects_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "Mon DD, YYYY",
      "YYYY-MM-DD",
      "MM/DD/YYYY"
    ],
    "datetime_formats": [
      "Mon DD, YYYY HH12:MI AM",
      "Mon DD, YYYY HH24:MI",
      "YYYY-MM-DD HH24:MI",
      "MM/DD/YYYY HH12:MI AM"
    ],
    "decimal_mark": "",
    "group_mark": "",
    "currency": "",
    "columns": {
      "external_id": {
        "headers": [
          "_page_id"
        ],
        "parse_format": "text",
        "required": false
      },
      "title": {
        "headers": [
          "Project name",
          "Project Name",
          "Project",
          "Name",
          "Title"
        ],
        "parse_format": "text",
        "required": false
      },
      "status_word": {
        "headers": [
          "Status",
          "Stage",
          "State"
        ],
        "parse_format": "text",
        "required": false
      },
      "owners": {
        "headers": [
          "Owner",
          "Owners",
          "Lead",
          "Project lead",
          "Project Lead",
          "Responsible",
          "Assignee"
        ],
        "parse_format": "text_list",
        "required": false,
        "value_separator": ", "
      },
      "period": {
        "headers": [
          "Dates",
          "Timeline",
          "Date",
          "Project dates",
          "Project Dates"
        ],
        "parse_format": "period",
        "required": false
      },
      "due": {
        "headers": [
          "Due",
          "Due date",
          "Due Date",
          "Deadline"
        ],
        "parse_format": "period",
        "required": false
      },
      "priority_word": {
        "headers": [
          "Priority",
          "Importance"
        ],
        "parse_format": "text",
        "required": false
      },
      "completion": {
        "headers": [
          "Completion",
          "Progress",
          "% complete",
          "Percent complete"
        ],
        "parse_format": "text",
        "required": false
      },
      "description": {
        "headers": [
          "Summary",
          "Description",
          "About",
          "Goal"
        ],
        "parse_format": "text",
        "required": false
      },
      "area": {
        "headers": [
          "Area",
          "Team",
          "Category"
        ],
        "parse_format": "text",
        "required": false
      },
      "tasks": {
        "headers": [
          "Tasks",
          "Task",
          "Related Tasks",
          "Related tasks"
        ],
        "parse_format": "relations",
        "required": false
      },
      "parent_projects": {
        "headers": [
          "Parent project",
          "Parent-project",
          "Parent Project",
          "Parent item"
        ],
        "parse_format": "relations",
        "required": false
      },
      "blocked_by": {
        "headers": [
          "Blocked by",
          "Blocked By",
          "Depends on"
        ],
        "parse_format": "relations",
        "required": false
      },
      "blocking": {
        "headers": [
          "Is blocking",
          "Is Blocking",
          "Blocking"
        ],
        "parse_format": "relations",
        "required": false
      },
      "completed": {
        "headers": [
          "Completed on",
          "Completed at",
          "Completed On",
          "Completion date"
        ],
        "parse_format": "moment",
        "required": false
      },
      "url": {
        "headers": [
          "URL",
          "Link"
        ],
        "parse_format": "text",
        "required": false
      }
    },
    "row_rules": {}
  },
  "notion_tasks": {
    "staging_table": "notion_tasks_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "Mon DD, YYYY",
      "YYYY-MM-DD",
      "MM/DD/YYYY"
    ],
    "datetime_formats": [
      "Mon DD, YYYY HH12:MI AM",
      "Mon DD, YYYY HH24:MI",
      "YYYY-MM-DD HH24:MI",
      "MM/DD/YYYY HH12:MI AM"
    ],
    "decimal_mark": "",
    "group_mark": "",
    "currency": "",
    "columns": {
      "external_id": {
        "headers": [
          "_page_id"
        ],
        "parse_format": "text",
        "required": false
      },
      "title": {
        "headers": [
          "Task name",
          "Task Name",
          "Task",
          "Name",
          "Title",
          "To-do",
          "To do"
        ],
        "parse_format": "text",
        "required": false
      },
      "status_word": {
        "headers": [
          "Status",
          "Stage",
          "State"
        ],
        "parse_format": "text",
        "required": false
      },
      "is_done": {
        "headers": [
          "Done",
          "Complete",
          "Completed",
          "Checkbox",
          "Done?"
        ],
        "parse_format": "boolean",
        "required": false
      },
      "assignees": {
        "headers": [
          "Assignee",
          "Assignees",
          "Assigned to",
          "Assigned To",
          "Assign",
          "Person",
          "Owner"
        ],
        "parse_format": "text_list",
        "required": false,
        "value_separator": ", "
      },
      "due": {
        "headers": [
          "Due",
          "Due date",
          "Due Date",
          "Deadline",
          "Date",
          "Do date",
          "When"
        ],
        "parse_format": "period",
        "required": false
      },
      "priority_word": {
        "headers": [
          "Priority",
          "Importance"
        ],
        "parse_format": "text",
        "required": false
      },
      "tags": {
        "headers": [
          "Tags",
          "Tag",
          "Labels",
          "Category",
          "Categories",
          "Task type",
          "Type"
        ],
        "parse_format": "text_list",
        "required": false,
        "value_separator": ", "
      },
      "project": {
        "headers": [
          "Project",
          "Projects",
          "Related Project",
          "Related project"
        ],
        "parse_format": "relations",
        "required": false
      },
      "parent_tasks": {
        "headers": [
          "Parent-task",
          "Parent task",
          "Parent Task",
          "Parent item"
        ],
        "parse_format": "relations",
        "required": false
      },
      "sub_tasks": {
        "headers": [
          "Sub-tasks",
          "Sub-task",
          "Subtasks",
          "Sub-item",
          "Sub-items"
        ],
        "parse_format": "relations",
        "required": false
      },
      "blocked_by": {
        "headers": [
          "Blocked by",
          "Blocked By",
          "Depends on"
        ],
        "parse_format": "relations",
        "required": false
      },
      "blocking": {
        "headers": [
          "Is blocking",
          "Is Blocking",
          "Blocking"
        ],
        "parse_format": "relations",
        "required": false
      },
      "related_tasks": {
        "headers": [
          "Related Tasks",
          "Related tasks",
          "Related"
        ],
        "parse_format": "relations",
        "required": false
      },
      "description": {
        "headers": [
          "Summary",
          "Description",
          "Notes"
        ],
        "parse_format": "text",
        "required": false
      },
      "completed": {
        "headers": [
          "Completed on",
          "Completed at",
          "Completed On",
          "Completion date",
          "Done on"
        ],
        "parse_format": "moment",
        "required": false
      },
      "url": {
        "headers": [
          "URL",
          "Link"
        ],
        "parse_format": "text",
        "required": false
      },
      "source_created_at": {
        "headers": [
          "Created time",
          "Created",
          "Created at"
        ],
        "parse_format": "moment",
        "required": false
      },
      "source_modified_at": {
        "headers": [
          "Last edited time",
          "Last edited",
          "Last Edited Time"
        ],
        "parse_format": "moment",
        "required": false
      }
    },
    "row_rules": {}
  },
  "zoho_contacts": {
    "staging_table": "zoho_contacts_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD",
      "MM/DD/YYYY",
      "Mon DD, YYYY"
    ],
    "datetime_formats": [
      "YYYY-MM-DD HH24:MI:SS",
      "MM/DD/YYYY HH24:MI:SS",
      "MM/DD/YYYY HH12:MI AM",
      "Mon DD, YYYY HH24:MI:SS",
      "Mon DD, YYYY HH12:MI AM"
    ],
    "decimal_mark": ".",
    "group_mark": ",",
    "currency": "USD",
    "columns": {
      "external_id": {
        "headers": [
          "Record Id",
          "Contact Id",
          "CONTACTID",
          "Id",
          "ID",
          "データID"
        ],
        "parse_format": "digits",
        "required": true
      },
      "organization_external_id": {
        "headers": [
          "Account Name.id",
          "Company Name.id",
          "Account_Name.id",
          "取引先名.id",
          "Account Id",
          "Account ID"
        ],
        "parse_format": "digits",
        "required": false
      },
      "organization_name": {
        "headers": [
          "Account Name",
          "Company Name",
          "Account_Name",
          "取引先名"
        ],
        "parse_format": "text",
        "required": false
      },
      "honorific_prefix": {
        "headers": [
          "Salutation"
        ],
        "parse_format": "text",
        "required": false
      },
      "given_name": {
        "headers": [
          "First Name",
          "First_Name",
          "名",
          "Vorname",
          "Prénom",
          "Nombre"
        ],
        "parse_format": "text",
        "required": false
      },
      "family_name": {
        "headers": [
          "Last Name",
          "Last_Name",
          "姓",
          "Nachname",
          "Nom de famille",
          "Apellidos"
        ],
        "parse_format": "text",
        "required": true
      },
      "job_title": {
        "headers": [
          "Title"
        ],
        "parse_format": "text",
        "required": false
      },
      "department": {
        "headers": [
          "Department"
        ],
        "parse_format": "text",
        "required": false
      },
      "birth_date": {
        "headers": [
          "Date of Birth",
          "Date_of_Birth",
          "生年月日",
          "Geburtsdatum",
          "Fecha de nacimiento"
        ],
        "parse_format": "date",
        "required": false
      },
      "email": {
        "headers": [
          "Email",
          "E-Mail",
          "E-mail",
          "メール",
          "Correo electrónico"
        ],
        "parse_format": "email",
        "required": false
      },
      "secondary_email": {
        "headers": [
          "Secondary Email",
          "Secondary_Email"
        ],
        "parse_format": "email",
        "required": false
      },
      "phone": {
        "headers": [
          "Phone",
          "電話番号",
          "Telefon",
          "Teléfono"
        ],
        "parse_format": "e164",
        "required": false
      },
      "home_phone": {
        "headers": [
          "Home Phone",
          "Home_Phone"
        ],
        "parse_format": "e164",
        "required": false
      },
      "other_phone": {
        "headers": [
          "Other Phone",
          "Other_Phone"
        ],
        "parse_format": "e164",
        "required": false
      },
      "mobile_phone": {
        "headers": [
          "Mobile",
          "携帯電話"
        ],
        "parse_format": "e164",
        "required": false
      },
      "assistant_phone": {
        "headers": [
          "Asst Phone",
          "Asst_Phone",
          "Assistant Phone"
        ],
        "parse_format": "e164",
        "required": false
      },
      "fax": {
        "headers": [
          "Fax",
          "FAX"
        ],
        "parse_format": "e164",
        "required": false
      },
      "mailing_street": {
        "headers": [
          "Mailing Street",
          "Mailing_Street"
        ],
        "parse_format": "text",
        "required": false
      },
      "mailing_locality": {
        "headers": [
          "Mailing City",
          "Mailing_City"
        ],
        "parse_format": "text",
        "required": false
      },
      "mailing_region": {
        "headers": [
          "Mailing State",
          "Mailing_State"
        ],
        "parse_format": "text",
        "required": false
      },
      "mailing_postal_code": {
        "headers": [
          "Mailing Zip",
          "Mailing_Zip",
          "Mailing Postal Code"
        ],
        "parse_format": "text",
        "required": false
      },
      "mailing_country": {
        "headers": [
          "Mailing Country",
          "Mailing_Country"
        ],
        "parse_format": "text",
        "required": false
      },
      "other_street": {
        "headers": [
          "Other Street",
          "Other_Street"
        ],
        "parse_format": "text",
        "required": false
      },
      "other_locality": {
        "headers": [
          "Other City",
          "Other_City"
        ],
        "parse_format": "text",
        "required": false
      },
      "other_region": {
        "headers": [
          "Other State",
          "Other_State"
        ],
        "parse_format": "text",
        "required": false
      },
      "other_postal_code": {
        "headers": [
          "Other Zip",
          "Other_Zip",
          "Other Postal Code"
        ],
        "parse_format": "text",
        "required": false
      },
      "other_country": {
        "headers": [
          "Other Country",
          "Other_Country"
        ],
        "parse_format": "text",
        "required": false
      },
      "description": {
        "headers": [
          "Description"
        ],
        "parse_format": "text",
        "required": false
      },
      "lead_source": {
        "headers": [
          "Lead Source",
          "Lead_Source"
        ],
        "parse_format": "text",
        "required": false
      },
      "reports_to_external_id": {
        "headers": [
          "Reporting To.id",
          "Reporting_To.id",
          "Reports To.id"
        ],
        "parse_format": "digits",
        "required": false
      },
      "source_created_at": {
        "headers": [
          "Created Time",
          "Created_Time"
        ],
        "parse_format": "datetime",
        "required": false
      },
      "source_modified_at": {
        "headers": [
          "Modified Time",
          "Modified_Time"
        ],
        "parse_format": "datetime",
        "required": false
      },
      "email_opt_out": {
        "headers": [
          "Email Opt Out",
          "Email_Opt_Out"
        ],
        "parse_format": "boolean",
        "required": false
      },
      "tags": {
        "headers": [
          "Tag",
          "Tags"
        ],
        "parse_format": "text",
        "required": false
      }
    },
    "row_rules": {
      "birth_date_in_the_future": "birth_date <= current_date"
    }
  },
  "zoho_invoices": {
    "staging_table": "zoho_invoices_raw",
    "time_zone": "America/New_York",
    "region": "US",
    "date_formats": [
      "YYYY-MM-DD",
      "MM/DD/YYYY",
      "Mon DD, YYYY"
    ],
    "datetime_formats": [],
    "decimal_mark": ".",
    "group_mark": ",",
    "currency": "USD",
    "columns": {
      "external_id": {
        "headers": [
          "Invoice ID",
          "Invoice_ID"
        ],
        "parse_format": "digits",
        "required": false
      },
      "line_number": {
        "headers": [
          "_number"
        ],
        "parse_format": "integer",
        "required": true
      },
      "line_count": {
        "headers": [
          "_count"
        ],
        "parse_format": "integer",
        "required": true
      },
      "invoice_number": {
        "headers": [
          "Invoice Number",
          "Invoice#",
          "Invoice No",
          "Invoice_Number"
        ],
        "parse_format": "text",
        "required": true
      },
      "invoice_status": {
        "headers": [
          "Invoice Status",
          "Status",
          "Invoice_Status"
        ],
        "parse_format": "word",
        "required": true
      },
      "customer_external_id": {
        "headers": [
          "Customer ID",
          "Contact ID",
          "Customer_ID"
        ],
        "parse_format": "digits",
        "required": false
      },
      "customer_name": {
        "headers": [
          "Customer Name",
          "Contact Name",
          "Client Name",
          "Customer"
        ],
        "parse_format": "text",
        "required": true
      },
      "company_name": {
        "headers": [
          "Company Name",
          "Customer Company Name",
          "Organization Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "tax_id": {
        "headers": [
          "GST Identification Number (GSTIN)",
          "GSTIN",
          "Tax Registration Number",
          "VAT Registration Number"
        ],
        "parse_format": "text",
        "required": false
      },
      "tax_treatment": {
        "headers": [
          "GST Treatment",
          "VAT Treatment",
          "Tax Treatment"
        ],
        "parse_format": "word",
        "required": false
      },
      "invoice_date": {
        "headers": [
          "Invoice Date",
          "Date",
          "Invoice_Date"
        ],
        "parse_format": "date",
        "required": true
      },
      "due_on": {
        "headers": [
          "Due Date",
          "Due_Date"
        ],
        "parse_format": "date",
        "required": false
      },
      "currency": {
        "headers": [
          "Currency Code",
          "Currency",
          "Currency_Code"
        ],
        "parse_format": "currency",
        "required": false
      },
      "exchange_rate": {
        "headers": [
          "Exchange Rate"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "subtotal": {
        "headers": [
          "SubTotal",
          "Sub Total",
          "Subtotal"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "total": {
        "headers": [
          "Total",
          "Invoice Total",
          "Invoice Amount",
          "Total Amount"
        ],
        "parse_format": "decimal",
        "required": true
      },
      "balance": {
        "headers": [
          "Balance",
          "Balance Due",
          "Amount Due"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "adjustment": {
        "headers": [
          "Adjustment"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "round_off": {
        "headers": [
          "Round Off",
          "Rounding"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "shipping_charge": {
        "headers": [
          "Shipping Charge"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "invoice_discount": {
        "headers": [
          "Entity Discount Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "is_inclusive_tax": {
        "headers": [
          "Is Inclusive Tax"
        ],
        "parse_format": "boolean",
        "required": false
      },
      "item_name": {
        "headers": [
          "Item Name",
          "Item",
          "Product Name"
        ],
        "parse_format": "text",
        "required": false
      },
      "item_description": {
        "headers": [
          "Item Desc",
          "Item Description"
        ],
        "parse_format": "text",
        "required": false
      },
      "quantity": {
        "headers": [
          "Quantity",
          "Qty"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "unit": {
        "headers": [
          "Usage unit",
          "Unit"
        ],
        "parse_format": "text",
        "required": false
      },
      "unit_price": {
        "headers": [
          "Item Price",
          "Rate",
          "Unit Price"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "discount_amount": {
        "headers": [
          "Discount Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "item_total": {
        "headers": [
          "Item Total",
          "Line Total",
          "Item Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "tax_amount": {
        "headers": [
          "Item Tax Amount"
        ],
        "parse_format": "decimal",
        "required": false
      },
      "category": {
        "headers": [
          "Account",
          "Income Account"
        ],
        "parse_format": "text",
        "required": false
      },
      "subject": {
        "headers": [
          "Subject"
        ],
        "parse_format": "text",
        "required": false
      },
      "purchase_order": {
        "headers": [
          "PurchaseOrder",
          "Purchase Order",
          "P.O.#"
        ],
        "parse_format": "text",
        "required": false
      },
      "email": {
        "headers": [
          "Primary Contact EmailID",
          "Primary Contact Email",
          "Customer Email",
          "Email"
        ],
        "parse_format": "email",
        "required": false
      },
      "phone": {
        "headers": [
          "Primary Contact Phone",
          "Billing Phone",
          "Phone"
        ],
        "parse_format": "e164",
        "required": false
      },
      "mobile_phone": {
        "headers": [
          "Primary Contact Mobile",
          "Mobile"
        ],
        "parse_format": "e164",
        "required": false
      },
      "fax": {
        "headers": [
          "Billing Fax",
          "Fax"
        ],
        "parse_format": "e164",
        "required": false
      },
      "billing_street": {
        "headers": [
          "Billing Address",
          "Billing Street"
        ],
        "parse_format": "text",
        "required": false
      },
      "billing_extended_address": {
        "headers": [
          "Billing Street2"
        ],
        "parse_format": "text",
        "required": false
      },
      "billing_locality": {
        "headers": [
          "Billing City"
        ],
        "parse_format": "text",
        "required": false
      },
      "billing_region": {
        "headers": [
          "Billing State"
        ],
        "parse_format": "text",
        "required": false
      },
      "billing_postal_code": {
        "headers": [
          "Billing Code",
          "Billing Zip",
          "Billing Zip Code"
        ],
        "parse_format": "text",
        "required": false
      },
      "billing_country": {
        "headers": [
          "Billing Country"
        ],
        "parse_format": "text",
        "required": false
      }
    },
    "row_rules": {}
  }
} -%}
{{ return(words) }}
{%- endmacro %}
