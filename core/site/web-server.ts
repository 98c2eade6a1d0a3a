import { contentSecurityPolicy } from "./page";

/** The port of the web server in its pod: one that needs no privilege. */
export const webServerPort = 8080;

/** Where its probes ask. */
export const healthPath = "/healthz";

/** nginx' configuration for a site below /site: files alone, with the page's policy as a header too. */
export const webServerConfiguration = `server {
  listen ${webServerPort};
  server_tokens off;
  root /site;
  index index.html;
  # Behind an Ingress, only the path of a redirection is known here.
  absolute_redirect off;
  error_page 404 /404.html;
  add_header Content-Security-Policy "${contentSecurityPolicy}; frame-ancestors 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy no-referrer always;
  # A runbook that has changed is read as it is now.
  add_header Cache-Control no-cache always;

  location = ${healthPath} {
    access_log off;
    return 204;
  }

  # What Kubernetes keeps beside the files.
  location ~ /\\.\\. {
    return 404;
  }
}
`;
