{{ registry_image(ref('qieos__seed_survivorship_rules')) }}
