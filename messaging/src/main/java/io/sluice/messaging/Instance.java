package io.sluice.messaging;

import java.util.UUID;

/**
 * Who this process is towards leases and work rows.
 *
 * @param service {@code scanner}, {@code ingest}, {@code media}, {@code gateway}
 * @param name a configured slot or pod name that a restarted process has again ({@code sluice.instance.name}), else
 *     {@code host/pid:N}
 * @param stable whether {@code name} is configured: then its leases come back at once
 * @param incarnation new with every start
 */
public record Instance(String service, String name, boolean stable, UUID incarnation) {}
