/** What the gateway's tests stand in. */
package io.sluice.gateway.world;
