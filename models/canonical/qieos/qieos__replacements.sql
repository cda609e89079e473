{{ registry_image(ref('qieos__seed_replacements')) }}
