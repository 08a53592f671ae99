vcl 4.1;

# Varnish vóór de site, in plaats van de cache van nginx. Https en de begrenzing van bezoekers horen ervoor, bij
# nginx. Zoals daar: één seconde, daarna wordt nagevraagd of de pagina nog klopt, en nooit een oude pagina.

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
}

sub vcl_recv {
    if (req.url ~ "^/(beheer|gezondheid)/" || req.http.Authorization || req.http.Cookie ~ "beheer_sessie=") {
        return (pass);
    }
    # Lezers hebben geen cookie van ons nodig; Varnish zou er anders niets om bewaren.
    unset req.http.Cookie;
}

sub vcl_backend_response {
    # Geen oude pagina terwijl er een nieuwe gemaakt wordt.
    set beresp.grace = 0s;
    if (beresp.http.X-Accel-Expires == "1" && !bereq.uncacheable) {
        set beresp.ttl = 1s;
        # Zo lang kan Varnish met If-None-Match vragen of ze nog klopt.
        set beresp.keep = 1h;
    } elseif (bereq.url !~ "^/static/") {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
    }
    unset beresp.http.X-Accel-Expires;
    # Wat Varnish er anders zelf bij doet, bewaart niets waar `no-cache` bij staat: dat is voor browsers.
    return (deliver);
}
