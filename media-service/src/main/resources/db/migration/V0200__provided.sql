-- Renditions that come ready-made beside the originals. asset.locations holds what is provided as well from here on.
ALTER TABLE rendition
    -- what a provided one is copied from: short digest of library, path and stat; empty for one that is made
    ADD COLUMN source CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
