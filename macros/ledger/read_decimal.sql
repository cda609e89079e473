{#-
    An exact number read from text by the source's own marks, never guessed; null where it is not one. A
    currency's code or symbol may stand before or behind it, and parentheses are a minus.

    Example: read_decimal('cell.total', '.', ',')    $12,400.00 → 12400.00
-#}
{% macro read_decimal(cell, decimal_mark, group_mark) -%}
    {%- set marks = {'.': '[.]', ',': ',', "'": "['’]", 'space': '[ \u00a0\u2009\u202f]', '_': '_'} -%}
    {%- for mark in (decimal_mark, group_mark) if mark and mark not in marks -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ': no reading for the mark ' ~ mark ~ '\n    cure: use one of ' ~ marks.keys() | join(' ')
            ~ ' as decimal_mark or group_mark in seeds/qinexus/qinexus__seed_sources.csv'
        ) }}
    {%- endfor -%}
    {%- set group = marks.get(group_mark) -%}
    {#- Two or three digits in a group: India writes 1,23,456.00. -#}
    {%- set whole = '(?:[0-9]+' ~ ('|[0-9]{1,3}(?:' ~ group ~ '[0-9]{2,3})*' ~ group ~ '[0-9]{3}' if group else '') ~ ')' -%}
    {%- set fraction = '(?:' ~ marks[decimal_mark] ~ '[0-9]*)?' if decimal_mark else '' -%}
    {%- set unit = '(?:[A-Z]{3}|[$€£¥₹₽₩₺₫₱₪฿₦])?' -%}
    {%- set number = unit ~ '\\s*-?' ~ unit ~ '\\s*' ~ whole ~ fraction ~ '\\s*' ~ unit -%}
    {%- set digits = "regexp_replace(" ~ cell ~ ", '[^0-9" ~ (marks[decimal_mark] | replace('[', '') | replace(']', '') if decimal_mark else '')
        ~ "]', '', 'g')" -%}
    {%- if decimal_mark and decimal_mark != '.' -%}
        {%- set digits = 'replace(' ~ digits ~ ", '" ~ decimal_mark ~ "', '.')" -%}
    {%- endif -%}
    {{ return(
        'case when ' ~ cell ~ " ~ '^" ~ number ~ "$' then " ~ digits ~ '::numeric * case when ' ~ cell ~ " like '%-%' then -1 else 1 end when "
        ~ cell ~ " ~ '^[(]" ~ number ~ "[)]$' and " ~ cell ~ " not like '%-%' then -(" ~ digits ~ ')::numeric end'
    ) }}
{%- endmacro %}
