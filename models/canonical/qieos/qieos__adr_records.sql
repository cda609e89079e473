{{ registry_image(ref('qieos__seed_adr_records')) }}
