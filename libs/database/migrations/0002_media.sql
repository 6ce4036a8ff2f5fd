CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"channel_id" uuid,
	"remote" json,
	"expected_sha256" "bytea",
	"filename" text,
	"mime_type" text,
	"size" bigint,
	"sha256" "bytea",
	"animated" boolean,
	"error" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"uploaded_by" uuid,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_media" (
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"media_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	CONSTRAINT "message_media_message_id_position_pk" PRIMARY KEY("message_id","position")
);
--> statement-breakpoint
CREATE TABLE "platform_media" (
	"media_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"platform_media_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "platform_media_media_id_channel_id_kind_pk" PRIMARY KEY("media_id","channel_id","kind")
);
--> statement-breakpoint
CREATE INDEX "media_due" ON "media" USING btree ("channel_id","next_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "media_leaving" ON "media" USING btree ("next_at") WHERE state in ('gone', 'uploading');--> statement-breakpoint
CREATE INDEX "media_unused" ON "media" USING btree ("used_at") WHERE source = 'upload' and state = 'stored';--> statement-breakpoint
CREATE INDEX "message_media_media" ON "message_media" USING btree ("media_id");