"""What a request says that it takes (RFC 9110, 12.5): pages, and compressed answers."""


def weighed(header: str) -> dict[str, bool]:
    """What an Accept header names, and whether it is taken: a weight of nothing says it is not.

    Read by hand: what Django reads it with raises an error at parameters that it cannot decode.
    """
    taken = {}
    for each in header.lower().split(","):
        name, *parameters = each.split(";")
        weights = ("".join(parameter.split()).rstrip("0") for parameter in parameters)
        taken[name.strip()] = not any(weight in ("q=", "q=0.") for weight in weights)
    return taken


def takes_gzip(request):
    """Whether `Accept-Encoding` takes gzip: by its name, or else by the star for all the others."""
    taken = weighed(request.headers.get("Accept-Encoding", ""))
    taken = {name.removeprefix("x-"): is_taken for name, is_taken in taken.items()}
    return taken.get("gzip", taken.get("*", False))


def takes_pages(request):
    """Whether who asks reads pages: they say so by name, as programs that take anything do not."""
    return weighed(request.headers.get("Accept", "")).get("text/html", False)
