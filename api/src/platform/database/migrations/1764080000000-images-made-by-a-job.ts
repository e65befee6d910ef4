import type { MigrationInterface, QueryRunner } from 'typeorm';

/*
 * The sizes of an image are made by a job, from the file as it was received. Images from before are READY in the sizes of
 * their day; they have no original, so their largest size takes its place when sizes are made anew.
 */
const UP = /* sql */ `
  ALTER TABLE upload ADD COLUMN original_key text;
  ALTER TABLE product_image
    ADD COLUMN original_key text,
    ADD COLUMN status text NOT NULL DEFAULT 'READY' CHECK (status IN ('PROCESSING', 'READY', 'FAILED')),
    ADD COLUMN failure text CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
    ADD COLUMN widths int[],
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now(),
    ADD CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
    ADD CHECK (status = 'READY' OR original_key IS NOT NULL);
  UPDATE product_image SET widths = ARRAY(SELECT made FROM unnest('{320,640,1000,1600}'::int[]) AS made WHERE made < width);
  CREATE INDEX product_image_in_work ON product_image (queued_at) WHERE status = 'PROCESSING';

  ALTER TABLE return_photo
    ADD COLUMN original_key text,
    ADD COLUMN status text NOT NULL DEFAULT 'READY' CHECK (status IN ('PROCESSING', 'READY', 'FAILED')),
    ADD COLUMN failure text CHECK (failure IN ('DAMAGED', 'FILE_MISSING', 'UNEXPECTED')),
    ADD COLUMN attempts int NOT NULL DEFAULT 0,
    ADD COLUMN queued_at timestamptz NOT NULL DEFAULT now(),
    ADD CHECK ((status = 'FAILED') = (failure IS NOT NULL)),
    ADD CHECK (status = 'READY' OR original_key IS NOT NULL);
  CREATE INDEX return_photo_in_work ON return_photo (queued_at) WHERE original_key IS NOT NULL;
`;

// An image without its sizes cannot be shown by the code of before.
const DOWN = /* sql */ `
  DELETE FROM return_photo WHERE status <> 'READY';
  DROP INDEX return_photo_in_work;
  ALTER TABLE return_photo
    DROP COLUMN queued_at, DROP COLUMN attempts, DROP COLUMN failure, DROP COLUMN status, DROP COLUMN original_key;
  DELETE FROM product_image WHERE status <> 'READY';
  DROP INDEX product_image_in_work;
  ALTER TABLE product_image
    DROP COLUMN queued_at, DROP COLUMN attempts, DROP COLUMN widths, DROP COLUMN failure, DROP COLUMN status,
    DROP COLUMN original_key;
  DELETE FROM upload WHERE storage_key IS NULL AND used_at IS NULL AND received_at IS NOT NULL;
  ALTER TABLE upload DROP COLUMN original_key;
`;

export class ImagesMadeByAJob1764080000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
