"""The browser of one simulated editor: asks over the network, and keeps cookies."""

import http.client
import urllib.parse

from django.conf import settings


class Answer:
    """What the site answered; enough for `tests.desk`."""

    def __init__(self, response):
        self.status_code = response.status
        self.location = response.headers.get("Location", "")
        self.content = response.read()


class Browser:
    """A browser with the cookies of one editor."""

    def __init__(self, port, cookies):
        self.port, self.cookies = port, dict(cookies)

    def get(self, url):
        return self._ask("GET", url)

    def post(self, url, data):
        data = {"csrfmiddlewaretoken": self.cookies.get(settings.CSRF_COOKIE_NAME, ""), **data}
        return self._ask("POST", url, urllib.parse.urlencode(data, doseq=True))

    def _ask(self, method, url, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, url, body, headers)
            response = connection.getresponse()
            for value in response.msg.get_all("Set-Cookie", []):
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Answer(response)
        finally:
            connection.close()
