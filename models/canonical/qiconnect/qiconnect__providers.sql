{{ registry_image(ref('qiconnect__seed_providers')) }}
