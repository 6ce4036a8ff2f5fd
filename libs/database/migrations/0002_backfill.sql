CREATE TABLE "channel_backfills" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"state" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"covered_until" timestamp with time zone,
	"silent_since" timestamp with time zone,
	"newest_seen" timestamp with time zone,
	"position" json NOT NULL,
	"conversations" integer DEFAULT 0 NOT NULL,
	"messages" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "channel_backfills_next" ON "channel_backfills" USING btree ("next_at");