"""Whether the site in this container lives: 0 when it answers, else 1 and the error."""

import os
import urllib.request

name = os.environ["ALLOWED_HOSTS"].split(",")[0].strip()
request = urllib.request.Request("http://127.0.0.1:8000/gezondheid/?levend", headers={"Host": name})
with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 -- the address stands above
    print(answer.read().decode())
