{{ registry_image(ref('qisystem__seed_environments')) }}
