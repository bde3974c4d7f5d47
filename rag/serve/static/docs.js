// Shows openapi.json with Swagger UI. What is tried goes to this server, also below a path of another site.
"use strict";

(async () => {
  const place = document.getElementById("docs");
  const response = await fetch("openapi.json");
  if (!response.ok) {
    place.textContent = `openapi.json: ${response.status}`;
    return;
  }
  const spec = await response.json();
  spec.servers = [{ url: new URL(".", location.href).href.replace(/\/$/, "") }];
  SwaggerUIBundle({ spec, domNode: place, deepLinking: true, tryItOutEnabled: true, validatorUrl: null });
})();
