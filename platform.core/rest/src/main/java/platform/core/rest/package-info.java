/** The REST API of the platform: a thin face over its services. */
package platform.core.rest;
