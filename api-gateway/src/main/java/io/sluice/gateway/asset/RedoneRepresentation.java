package io.sluice.gateway.asset;

import java.util.List;

/** @param renditions those that are pending again, one a profile version */
public record RedoneRepresentation(List<RenditionRepresentation> renditions) {}
