/** The document that clients are made from: complete, committed, and true of any request. */
package io.sluice.gateway.openapi;
