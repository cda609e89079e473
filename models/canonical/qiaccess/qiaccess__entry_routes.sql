{{ registry_image(ref('qiaccess__seed_entry_routes')) }}
