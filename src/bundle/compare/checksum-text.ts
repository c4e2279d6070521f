/** A CRC-32 as the API and snapshots write it: 8 lower-case hexadecimal digits. */
export function checksumText(crc: number): string {
  return crc.toString(16).padStart(8, '0')
}
