ALTER TABLE "api_keys" ADD COLUMN "channel_ids" uuid[];--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "channel_ids" uuid[];--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "channel_ids" uuid[];