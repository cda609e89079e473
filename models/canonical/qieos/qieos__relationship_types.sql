{{ registry_image(ref('qieos__seed_relationship_types')) }}
