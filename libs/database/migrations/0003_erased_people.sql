CREATE TABLE "erased_identities" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "contact_erasures_state";--> statement-breakpoint
ALTER TABLE "contact_erasures" ADD COLUMN "next_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "contact_erasures_state" ON "contact_erasures" USING btree ("state","next_at");