CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"scopes" text[],
	"hash" "bytea" NOT NULL,
	"hint" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text,
	"details" json NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_credentials" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"token" text NOT NULL,
	"token_expires_at" timestamp with time zone,
	"token_renew_at" timestamp with time zone,
	"login" text DEFAULT 'facebook' NOT NULL,
	"graph_host" text,
	"graph_version" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "canned_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"shortcut" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_participants" (
	"conversation_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"read_count" integer DEFAULT 0 NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_participants_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "internal_conversations" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text,
	"direct_key" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "message_edits" (
	"channel_id" uuid NOT NULL,
	"platform_message_id" text NOT NULL,
	"revision" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"type" text NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "message_edits_channel_id_platform_message_id_pk" PRIMARY KEY("channel_id","platform_message_id")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"platform_message_id" text,
	"source" text,
	"ref" text,
	"ad_id" text,
	"click_id" text,
	"referral" json NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "contact_profiles" (
	"channel_id" uuid NOT NULL,
	"customer" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text,
	"username" text,
	"picture_url" text,
	"hidden_reason" text,
	"fetched_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "contact_profiles_channel_id_customer_pk" PRIMARY KEY("channel_id","customer")
);
--> statement-breakpoint
CREATE TABLE "graph_rates" (
	"channel_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	CONSTRAINT "graph_rates_channel_id_kind_pk" PRIMARY KEY("channel_id","kind")
);
--> statement-breakpoint
CREATE TABLE "outbound_messages" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"sequence" bigserial NOT NULL,
	"priority" smallint NOT NULL,
	"state" text NOT NULL,
	"rate" text NOT NULL,
	"request" json NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sending_since" timestamp with time zone,
	"unknown_since" timestamp with time zone,
	"lookups" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "send_keys" (
	"workspace_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"message_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "send_keys_workspace_id_actor_id_key_pk" PRIMARY KEY("workspace_id","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "send_pairs" (
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"next_slot" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone,
	"throttled" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "send_pairs_channel_id_contact_id_pk" PRIMARY KEY("channel_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "send_rates" (
	"channel_id" uuid NOT NULL,
	"rate" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"next_slot" timestamp with time zone DEFAULT now() NOT NULL,
	"blocked_until" timestamp with time zone,
	"throttled" integer DEFAULT 0 NOT NULL,
	"pace" real DEFAULT 1 NOT NULL,
	CONSTRAINT "send_rates_channel_id_rate_pk" PRIMARY KEY("channel_id","rate")
);
--> statement-breakpoint
CREATE TABLE "message_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"business_account_id" text NOT NULL,
	"meta_template_id" text NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"category" text NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp with time zone NOT NULL,
	"quality" text,
	"reason" text,
	"definition" json NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "channels_platform_external";--> statement-breakpoint
DROP INDEX "conversations_inbox";--> statement-breakpoint
DROP INDEX "messages_history";--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "channel_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "contact_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "channel_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ALTER COLUMN "contact_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_reason" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "status_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "details" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "details_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "templates_synced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "templates_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "attributes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', left(translate(coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''), '@.-_+/', '      '), 500)) || array_to_tsvector(array[workspace_id::text])) STORED;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "assignee_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "label_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error" json;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace(left(content::text, 8000), '"[A-Za-z_]+":("https?:[^"]*")?|\\(u[0-9a-f]{4}|.)', ' ', 'g'))) STORED;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_conversations" ADD CONSTRAINT "internal_conversations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "invitations_workspace" ON "invitations" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open" ON "invitations" USING btree ("workspace_id","email") WHERE accepted_at is null and revoked_at is null;--> statement-breakpoint
CREATE INDEX "invitations_expiry" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_log_workspace" ON "audit_log" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("workspace_id","action","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("workspace_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("workspace_id","subject_id","id");--> statement-breakpoint
CREATE INDEX "channel_credentials_workspace" ON "channel_credentials" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "channel_credentials_renew" ON "channel_credentials" USING btree ("token_renew_at") WHERE token_renew_at is not null;--> statement-breakpoint
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
CREATE UNIQUE INDEX "canned_replies_shortcut" ON "canned_replies" USING btree ("workspace_id",lower(shortcut));--> statement-breakpoint
CREATE INDEX "canned_replies_workspace" ON "canned_replies" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "conversation_participants_user" ON "conversation_participants" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "internal_conversations_direct" ON "internal_conversations" USING btree ("workspace_id","direct_key");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name" ON "labels" USING btree ("workspace_id",lower(name)) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "labels_workspace" ON "labels" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "labels_deleted" ON "labels" USING btree ("id") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "referrals_contact" ON "referrals" USING btree ("channel_id","contact_id","id");--> statement-breakpoint
CREATE INDEX "media_due" ON "media" USING btree ("channel_id","next_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "media_leaving" ON "media" USING btree ("next_at") WHERE state in ('gone', 'uploading');--> statement-breakpoint
CREATE INDEX "media_unused" ON "media" USING btree ("used_at") WHERE source = 'upload' and state = 'stored';--> statement-breakpoint
CREATE INDEX "message_media_media" ON "message_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "contact_erasures_workspace" ON "contact_erasures" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "contact_erasures_state" ON "contact_erasures" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "webhook_item_contacts_item" ON "webhook_item_contacts" USING brin ("item_id" uuid_minmax_ops);--> statement-breakpoint
CREATE INDEX "contact_profiles_due" ON "contact_profiles" USING btree ("channel_id","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "contact_profiles_customer" ON "contact_profiles" USING btree ("customer");--> statement-breakpoint
CREATE INDEX "outbound_due" ON "outbound_messages" USING btree ("channel_id","priority","sequence") WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "outbound_order" ON "outbound_messages" USING btree ("conversation_id","sequence") WHERE state in ('held', 'queued', 'sending');--> statement-breakpoint
CREATE INDEX "outbound_unsettled" ON "outbound_messages" USING btree ("state","sending_since") WHERE state in ('sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbound_held" ON "outbound_messages" USING btree ("channel_id") WHERE state = 'held';--> statement-breakpoint
CREATE INDEX "outbound_conversation" ON "outbound_messages" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "outbound_contact" ON "outbound_messages" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "send_keys_created" ON "send_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "send_pairs_next" ON "send_pairs" USING btree ("next_slot");--> statement-breakpoint
CREATE UNIQUE INDEX "message_templates_name" ON "message_templates" USING btree ("workspace_id","business_account_id","name","language");--> statement-breakpoint
CREATE INDEX "message_templates_list" ON "message_templates" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "message_templates_meta" ON "message_templates" USING btree ("workspace_id","business_account_id","meta_template_id");--> statement-breakpoint
CREATE INDEX "channels_details_due" ON "channels" USING btree ("details_due_at") WHERE details_due_at is not null;--> statement-breakpoint
CREATE INDEX "channels_templates_due" ON "channels" USING btree ("templates_due_at") WHERE templates_due_at is not null;--> statement-breakpoint
CREATE INDEX "channels_connecting" ON "channels" USING btree ("status_at") WHERE status in ('connecting', 'reconnecting');--> statement-breakpoint
CREATE INDEX "channels_meta_app" ON "channels" USING btree ("meta_app_id");--> statement-breakpoint
CREATE INDEX "contact_identities_value" ON "contact_identities" USING btree ("value");--> statement-breakpoint
CREATE INDEX "contacts_search" ON "contacts" USING gin ("search");--> statement-breakpoint
CREATE INDEX "contacts_attributes" ON "contacts" USING gin ("attributes" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "conversations" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "conversations_channel" ON "conversations" USING btree ("channel_id","status","last_message_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_assigned" ON "conversations" USING btree ("workspace_id","assignee_id","status","last_message_at","id") WHERE assignee_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_unassigned" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE assignee_id is null and channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_unread" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE inbound_count > read_count and channel_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_labels" ON "conversations" USING gin ("label_ids") WHERE label_ids <> '{}';--> statement-breakpoint
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("snoozed_until") WHERE status = 'snoozed';--> statement-breakpoint
CREATE INDEX "messages_recent" ON "messages" USING btree ("workspace_id","sent_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "messages_search" ON "messages" USING gin ((search || array_to_tsvector(array[case when channel_id is null then 'internal:' else '' end || workspace_id::text]))) WITH (fastupdate=true,gin_pending_list_limit=1024);--> statement-breakpoint
CREATE UNIQUE INDEX "messages_internal_client" ON "messages" USING btree ("conversation_id",(author ->> 'id'),"client_id") WHERE channel_id is null and client_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "channels_platform_external" ON "channels" USING btree ("platform","external_id") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "conversations_inbox" ON "conversations" USING btree ("workspace_id","status","last_message_at","id") WHERE channel_id is not null;--> statement-breakpoint
CREATE INDEX "messages_history" ON "messages" USING btree ("conversation_id","sent_at","id");