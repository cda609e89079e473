{{ registry_image(ref('qivault__seed_redaction_rules')) }}
