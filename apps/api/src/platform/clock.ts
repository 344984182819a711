import { Injectable } from '@nestjs/common';

/** The time of day, handed in so that a spec can move it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
