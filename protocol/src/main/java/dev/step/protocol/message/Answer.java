package dev.step.protocol.message;

import com.google.gson.JsonObject;

/** What a successful response carries beyond status and words: one record for each form. */
public sealed interface Answer
        permits AccountStatus,
                Answer.Nothing,
                BlockReceived,
                BlockSent,
                DataList,
                DataValue,
                DownloadPlan,
                FileList,
                FileVerified,
                KeyAnswer,
                LoggedIn,
                UploadList,
                UploadPlan,
                UploadStatus {
    /** The answer that says nothing more. */
    Nothing NOTHING = new Nothing();

    /** Adds this answer's own fields. */
    void writeTo(JsonObject fields);

    /** Answer to BYE. */
    record Nothing() implements Answer {
        @Override
        public void writeTo(JsonObject fields) {}
    }
}
