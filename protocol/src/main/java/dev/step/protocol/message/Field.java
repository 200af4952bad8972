package dev.step.protocol.message;

/** The names of the fields in the JSON part of a message. */
final class Field {
    static final String TYPE = "type";
    static final String OPERATION = "operation";
    static final String DIRECTION = "direction";
    static final String STATUS = "status";
    static final String STATUS_MESSAGE = "status_msg";
    static final String TOKEN = "token";
    static final String USERNAME = "username";
    static final String PASSWORD = "password";
    static final String KEY = "key";
    static final String SIZE = "size";
    static final String BLOCK_SIZE = "block_size";
    static final String TOTAL_BLOCK = "total_block";
    static final String BLOCK_INDEX = "block_index";
    static final String MD5 = "md5";

    // Extensions
    static final String FEATURES = "features";
    static final String SERVER = "server";
    static final String MAX_BLOCK_SIZE = "max_block_size";
    static final String PREFERRED_DIGEST = "preferred_digest";
    static final String PREFIX = "prefix";
    static final String DELIMITER = "delimiter";
    static final String AFTER = "after";
    static final String LIMIT = "limit";
    static final String DETAIL = "detail";
    static final String FILE_LIST = "file_list";
    static final String DATA_LIST = "data_list";
    static final String FILES = "files";
    static final String FOLDERS = "folders";
    static final String MODIFIED = "modified";
    static final String UPLOAD_ID = "upload_id";
    static final String RESUME = "resume";
    static final String FINGERPRINT = "fingerprint";
    static final String REPLACE = "replace";
    static final String VERIFY = "verify";
    static final String DIGEST = "digest";
    static final String EXPECTED_MD5 = "expected_md5";
    static final String EXPECTED_SHA256 = "expected_sha256";
    static final String BLOCK_CRC32C = "block_crc32c";
    static final String VERSION = "version";
    static final String UNFINISHED = "unfinished";
    static final String MISSING_RANGES = "missing_ranges";
    static final String MORE = "more";
    static final String MISSING_BLOCKS = "missing_blocks";
    static final String RECEIVED_BLOCKS = "received_blocks";
    static final String UPLOADS = "uploads";
    static final String RECEIVED_BYTES = "received_bytes";
    static final String INTACT = "intact";
    static final String WHOLE = "whole";
    static final String TO = "to";
    static final String USED_BYTES = "used_bytes";
    static final String PENDING_BYTES = "pending_bytes";
    static final String QUOTA_BYTES = "quota_bytes";
    static final String QUOTA_FILES = "quota_files";
    static final String MAX_FILE_BYTES = "max_file_bytes";
    static final String TOKEN_EXPIRES = "token_expires";

    private Field() {}
}
