{{ registry_image(ref('qieos__seed_column_flows')) }}
