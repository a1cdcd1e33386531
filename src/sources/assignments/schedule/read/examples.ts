export const MOMENT_EXAMPLES =
  'Expected a time such as "in 20 minutes", "tomorrow at 9:00", "next Friday at 17:30" or "2026-12-24 08:00".';

export const REPETITION_EXAMPLES =
  'Expected a repetition such as "every weekday at 9:00", "every 2 weeks on Monday", "the last Friday of the month at 16:00" or "every 20 minutes".';

export const EXAMPLES =
  'Expected a time ("in 20 minutes", "tomorrow at 9:00"), a repetition ("every weekday at 9:00", "the last Friday of the month at 16:00"), a cron expression ("0 9 * * 1-5") or an RRULE ("FREQ=WEEKLY;BYDAY=MO").';
