def as_page(imported, id):
    return "stub"
