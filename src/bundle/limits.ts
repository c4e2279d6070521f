/** Entries of one archive. The largest real bundles hold some tens of thousands of files. */
export const MAX_ENTRIES = 200_000

/** Folders that the paths of all entries go through; each costs its path's length. */
export const MAX_FOLDERS = 200_000

/** Bytes of the central directory, which is held in memory: 64 MiB is 330 bytes for each entry. */
export const MAX_DIRECTORY_BYTES = 64 * 1024 * 1024

/** Bytes that the whole bundle may unpack to: what a generous instance disk holds. */
export const MAX_UNPACKED_BYTES = 64 * 1024 ** 3

/**
 * Unpacked bytes per archive byte. Text packs 5 to 20 times, repetitive CSV some 100 times; deflate
 * ends at 1032. Below the floor even a high ratio does no harm.
 */
export const MAX_RATIO = 200
export const RATIO_FLOOR_BYTES = 32 * 1024 * 1024

/** What deflate can reach at most; an entry that claims more lies about its size. */
export const DEFLATE_MAX_RATIO = 1032

/** Bytes of one path segment and of a whole path that a Linux file system can store. */
export const MAX_SEGMENT_BYTES = 255
export const MAX_PATH_BYTES = 1024

/** Bytes of an app.toml; the longest real ones have a few KB. */
export const MAX_MANIFEST_BYTES = 256 * 1024

/** Bytes of text files that the inspector reads whole (LongDescription, requirements.txt). */
export const MAX_TEXT_BYTES = 1024 * 1024

/** Findings kept per code; a broken archive repeats itself for every entry. */
export const MAX_FINDINGS_PER_CODE = 20
