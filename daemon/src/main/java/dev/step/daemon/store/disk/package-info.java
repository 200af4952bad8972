/**
 * A store in a folder of a file system.
 *
 * <pre>
 * ROOT/
 *   format                     "step-store 1" and a newline: what this drawing is the first version of
 *   lock                       locked while a server has the store open; empty
 *   accounts, token-keys       who may log in, and what proves it: see package {@code auth}
 *   tls-certificate.pem, tls-key.pem   the server's certificate and its key
 *   uploads/
 *     ID/                      one for each unfinished upload; ID: 128 random bits as 32 hexadecimal digits
 *       data                   the blocks received so far, each at its place
 *       journal                whose upload it is, and which blocks were received: see {@link
 *                              dev.step.daemon.journal the journal's package}
 *       journal.torn-N         what a crash left behind the journal's last record, cut off and kept
 *       value                  (instead of all these) a value on its way in
 *     ID                       (a file) the content of a file of one block, on its way to its name
 *   quarantine/                what was found damaged; a person may look at it
 *     ID/                      an upload whose journal is damaged
 *     file-ID/                 a file: see {@link dev.step.daemon.store.disk.QuarantinedFiles QuarantinedFiles}
 *   users/
 *     USER/                    under its escaped name, like every key: see {@link
 *                              dev.step.daemon.store.disk.EscapedPath EscapedPath}
 *       catalogue              which files there are, and what is known of them: see {@link
 *                              dev.step.daemon.store.disk.CatalogueLine CatalogueLine}
 *       catalogue.new          a catalogue that is being rewritten
 *       catalogue.torn-N       what a crash left of a catalogue's last line, cut off and kept
 *       files/KEY              complete files: their plain bytes
 *       files-2/KEY            the same, for contents that have replaced one in files, and so on in turns
 *       data/KEY               values: one JSON object each
 * </pre>
 *
 * <p>A file is there when the catalogue says so. Bytes under {@code files} that no catalogue knows are what a crash
 * left of a file that nobody was told is stored, or that was being deleted; the next file of that key takes their
 * place. Values have no catalogue: their names are the truth.
 *
 * <p>Order of a block: its data written; its record written into the journal; then the answer. With {@link
 * dev.step.daemon.store.disk.Durability#BLOCK BLOCK} both are synced before it.
 *
 * <p>Order of publishing: the data synced; renamed into that of the two trees where the key has no content; the folder
 * synced; the catalogue's line written and synced; then the answer. The upload's folder and the replaced content are
 * removed. Order of deleting: removals of upload folders made durable; the catalogue's line written and synced; then
 * the file removed.
 *
 * <p>A block that is a whole file has no journal: it is written to {@code uploads/ID}, synced, published as any other
 * file, and then answered.
 *
 * <p>After a stop of any kind, files in {@code uploads} are removed, and the uploads that are found there go on: if the catalogue knows the upload's id as the
 * version of its key's content, it was published and is removed; else it is unfinished, and if its data was renamed
 * already, it is renamed back. The blocks count whose bytes have the checksum that the journal says.
 *
 * <p>Nothing in the store is reached through a symbolic link. ROOT itself may be one.
 */
@NullMarked
package dev.step.daemon.store.disk;

import org.jspecify.annotations.NullMarked;
