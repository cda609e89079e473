{{ registry_image(ref('qieos__seed_change_grades')) }}
