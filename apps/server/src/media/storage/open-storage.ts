import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { AppConfig } from '@switchboard/config';
import { LocalStorage } from './local-storage';
import type { MediaStorage } from './media-storage';
import { S3Storage } from './s3-storage';

/** The bucket where one is named, else the folder. */
export function openMediaStorage(config: AppConfig): MediaStorage {
  const { mediaS3Bucket: bucket } = config;
  if (bucket !== undefined) {
    return new S3Storage({
      bucket,
      endpoint: config.mediaS3Endpoint,
      region: config.mediaS3Region,
      accessKeyId: config.mediaS3AccessKeyId,
      secretAccessKey: config.mediaS3SecretAccessKey,
      pathStyle: config.mediaS3PathStyle === 'true',
    });
  }
  const storage = new LocalStorage(config.mediaDir ?? join(config.dataDir, 'media'));
  if (config.redisUrl && config.mediaDir === undefined) {
    new Logger('Media').warn(
      `Media files go to ${storage.place}. With several processes that must be one folder for all of them: let MEDIA_DIR name a shared volume, or set MEDIA_S3_BUCKET.`,
    );
  }
  return storage;
}
