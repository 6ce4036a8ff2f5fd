CREATE TABLE "contact_import_chunks" (
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "contact_import_chunks_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "contact_import_errors" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"workspace_id" uuid NOT NULL,
	"message" text NOT NULL,
	"record" text[] NOT NULL,
	CONSTRAINT "contact_import_errors_import_id_line_pk" PRIMARY KEY("import_id","line")
);
--> statement-breakpoint
CREATE TABLE "contact_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"delimiter" text,
	"columns" jsonb,
	"sample" json,
	"options" jsonb,
	"dry_run" boolean DEFAULT false NOT NULL,
	"byte_offset" bigint DEFAULT 0 NOT NULL,
	"line" integer DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"created" bigint DEFAULT 0 NOT NULL,
	"updated" bigint DEFAULT 0 NOT NULL,
	"unchanged" bigint DEFAULT 0 NOT NULL,
	"failed" bigint DEFAULT 0 NOT NULL,
	"lease_owner" uuid,
	"lease_until" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_attributes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"choices" text[],
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_consent_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"detail" text,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_consents" (
	"contact_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"detail" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "contact_consents_contact_id_channel_id_pk" PRIMARY KEY("contact_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "contact_links" (
	"contact_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_links_contact_id_other_id_pk" PRIMARY KEY("contact_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "contact_merge_messages" (
	"merge_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	CONSTRAINT "contact_merge_messages_merge_id_message_id_pk" PRIMARY KEY("merge_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "contact_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"merged_contact_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"merged_by" uuid,
	"moved" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_segments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"filter" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_taggings" (
	"tag_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	CONSTRAINT "contact_taggings_tag_id_contact_id_pk" PRIMARY KEY("tag_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "contact_tags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"subject" json NOT NULL,
	"state" text NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_item_contacts" (
	"contact_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	CONSTRAINT "webhook_item_contacts_contact_id_item_id_pk" PRIMARY KEY("contact_id","item_id")
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "attributes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', left(translate(coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''), '@.-_+/', '      '), 500)) || array_to_tsvector(array[workspace_id::text])) STORED;--> statement-breakpoint
CREATE INDEX "contact_import_errors_workspace" ON "contact_import_errors" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "contact_imports_workspace" ON "contact_imports" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "contact_imports_state" ON "contact_imports" USING btree ("state","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_attributes_key" ON "contact_attributes" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE INDEX "contact_attributes_workspace" ON "contact_attributes" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_consent_changes_once" ON "contact_consent_changes" USING btree ("contact_id","channel_id","at","state","source");--> statement-breakpoint
CREATE INDEX "contact_consent_changes_contact" ON "contact_consent_changes" USING btree ("contact_id","id");--> statement-breakpoint
CREATE INDEX "contact_merges_contact" ON "contact_merges" USING btree ("contact_id","id");--> statement-breakpoint
CREATE INDEX "contact_merges_merged" ON "contact_merges" USING btree ("merged_contact_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_segments_name" ON "contact_segments" USING btree ("workspace_id",lower("name"));--> statement-breakpoint
CREATE INDEX "contact_segments_workspace" ON "contact_segments" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "contact_taggings_contact" ON "contact_taggings" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_tags_name" ON "contact_tags" USING btree ("workspace_id",lower("name"));--> statement-breakpoint
CREATE INDEX "contact_tags_workspace" ON "contact_tags" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "contact_erasures_workspace" ON "contact_erasures" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "contact_erasures_state" ON "contact_erasures" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "webhook_item_contacts_item" ON "webhook_item_contacts" USING brin ("item_id" uuid_minmax_ops);--> statement-breakpoint
CREATE INDEX "contact_identities_value" ON "contact_identities" USING btree ("value");--> statement-breakpoint
CREATE INDEX "contacts_search" ON "contacts" USING gin ("search");--> statement-breakpoint
CREATE INDEX "contacts_attributes" ON "contacts" USING gin ("attributes" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "conversations" USING btree ("contact_id");