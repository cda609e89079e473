{{ registry_image(ref('qivault__seed_sensitivity_levels')) }}
