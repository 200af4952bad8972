package dev.step.s3;

/** What one user has in the bucket, and what it is handled with. */
record UserObjects(ObjectNames names, SharedParts parts, FileObjects files, UploadRecords records, UploadEnds ends) {
    static UserObjects of(ObjectNames names, SharedParts parts) {
        FileObjects files = new FileObjects(names, parts);
        UploadRecords records = new UploadRecords(names, parts.storage());
        return new UserObjects(names, parts, files, records, new UploadEnds(names, records, files, parts.garbage()));
    }

    ObjectStorage storage() {
        return parts.storage();
    }
}
