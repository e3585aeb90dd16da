'use strict';

SwaggerUIBundle({
  dom_id: '#operations',
  url: '../openapi.json',
  deepLinking: true,
  filter: true,
  // Nothing of this platform is sent to a validator elsewhere.
  validatorUrl: null
});
