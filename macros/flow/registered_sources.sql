{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_sources() -%}
{%- set words = {
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
        "required": false
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
    }
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
        "required": false
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
        "required": false
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
    }
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
    }
  }
} -%}
{{ return(words) }}
{%- endmacro %}
