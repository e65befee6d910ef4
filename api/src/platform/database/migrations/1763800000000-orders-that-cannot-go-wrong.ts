import type { MigrationInterface, QueryRunner } from 'typeorm';
import * as documents from './orders-that-cannot-go-wrong/documents.js';
import * as integrity from './orders-that-cannot-go-wrong/integrity.js';
import * as orders from './orders-that-cannot-go-wrong/orders.js';
import * as payments from './orders-that-cannot-go-wrong/payments.js';
import * as returns from './orders-that-cannot-go-wrong/returns.js';
import * as stock from './orders-that-cannot-go-wrong/stock.js';

const PARTS = [stock, payments, orders, returns, documents, integrity];

export class OrdersThatCannotGoWrong1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const part of PARTS) await runner.query(part.UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const part of [...PARTS].reverse()) await runner.query(part.DOWN);
  }
}
