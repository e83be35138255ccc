/**
 * A 64-bit little-endian ELF executable without what only debuggers read: all that stands behind the last segment, which
 * is a sixth of a Node, and the table of sections, most of which are gone. The system loads segments alone (elf(5)), and
 * this needs no binutils that know the processor.
 */
export function withoutSymbols(elf) {
	if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2 || elf[5] !== 1)
		throw new Error('This is no 64-bit ELF file.');
	const table = Number(elf.readBigUInt64LE(elfHeader.segments));
	const size = elf.readUInt16LE(elfHeader.segmentSize);
	const count = elf.readUInt16LE(elfHeader.segmentCount);
	let end = table + size * count;
	for (let at = table; at < table + size * count; at += size) {
		const offset = Number(elf.readBigUInt64LE(at + segment.offset));
		end = Math.max(end, offset + Number(elf.readBigUInt64LE(at + segment.fileSize)));
	}
	const kept = Buffer.from(elf.subarray(0, end));
	kept.writeBigUInt64LE(0n, elfHeader.sections);
	kept.writeUInt16LE(0, elfHeader.sectionCount);
	kept.writeUInt16LE(0, elfHeader.sectionNames);
	return kept;
}

/** `e_machine` in words, as the targets are called. */
export const machineOf = elf => ({ 62: 'x64', 183: 'arm64' })[elf.readUInt16LE(elfHeader.machine)];

/** Where the fields of an ELF header and of one entry of its segment table are, in bytes from its start. */
const elfHeader = {
	machine: 18,
	segments: 32,
	sections: 40,
	segmentSize: 54,
	segmentCount: 56,
	sectionCount: 60,
	sectionNames: 62,
};
const segment = { offset: 8, fileSize: 32 };
