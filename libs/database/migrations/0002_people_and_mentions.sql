CREATE TABLE "mentions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"target_id" text NOT NULL,
	"media_id" text,
	"post_id" text,
	"comment_id" text,
	"text" text,
	"author_id" text,
	"author_name" text,
	"author_username" text,
	"media_type" text,
	"permalink" text,
	"written_at" timestamp with time zone,
	"mentioned_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"unreadable_reason" text,
	"due_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erased_identities" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "contact_erasures_state";--> statement-breakpoint
ALTER TABLE "contact_imports" ADD COLUMN "opt_outs_kept" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_links" ADD COLUMN "due_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "platform_name" text;--> statement-breakpoint
ALTER TABLE "contact_erasures" ADD COLUMN "next_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "mentions_target" ON "mentions" USING btree ("channel_id","target_id");--> statement-breakpoint
CREATE INDEX "mentions_workspace" ON "mentions" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "mentions_due" ON "mentions" USING btree ("channel_id","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "contact_erasures_state" ON "contact_erasures" USING btree ("state","next_at");