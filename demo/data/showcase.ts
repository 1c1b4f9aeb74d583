import type { Activity, Party, RecordRef } from '../../src/model/activity.js';
import type { Time } from '../../src/model/time.js';
import { toHtml } from './make-activity.js';
import { guid } from './random.js';
import type { Account, Contact, User, World } from './records.js';
import type { Workdays } from './workdays.js';

/**
 * The rows that pictures, stories and walk-throughs of the demo speak of, written by hand. Wingtip Toys and its Cecil Langer
 * have one of everything.
 */
export function createShowcase(world: World, days: Workdays): Activity[] {
  const mona = user('Mona Sanders');
  const jun = user('Jun Park');
  const chen = user('陳怡君');
  const wingtip = account('Wingtip Toys');
  const cecil = contact(wingtip, 'Cecil Langer');
  const doors = deal(wingtip, '80 glass doors, phase 2');
  const northwind = account('Northwind');
  const contoso = account('Contoso Pharmaceuticals');
  const blueYonder = account('Blue Yonder Airlines');
  const alfreds = account('Alfreds Futterkiste');
  const yungFeng = account('永豐貿易股份有限公司');
  const ana = contact(account('Ana Trujillo Emparedados'), 'Ana Trujillo');
  const maria = contact(alfreds, 'Maria Anders');

  const at = (day: number, clock: string): Time => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    return days.at(days.day(day), hours * 60 + minutes);
  };
  const row = (
    type: string,
    subject: string,
    more: Partial<Activity> & { readonly by?: User; readonly made: Time },
  ): Activity => {
    const { by = mona, made, ...rest } = more;
    return {
      id: guid(`showcase ${type} ${subject}`),
      type,
      subject,
      state: 'open',
      ...(type !== 'note' && { owner: by.ref, priority: 'normal' as const }),
      createdBy: by.ref,
      createdAt: made,
      modifiedBy: by.ref,
      modifiedAt: rest.actualEnd ?? made,
      ...rest,
    };
  };
  const party = (role: string, who: User | Contact, more: Partial<Party> = {}): Party => ({
    role,
    record: who.ref,
    address: who.address,
    ...more,
  });
  const call = (to: Contact, from = mona): Partial<Activity> => ({
    statusReason: 'open',
    parties: [
      { role: 'from', record: from.ref },
      { role: 'to', record: to.ref },
    ],
    fields: { direction: 'outgoing', phoneNumber: to.phone, leftVoicemail: false },
  });
  const task = (statusReason: string, percentComplete = 0): Partial<Activity> => ({
    statusReason,
    fields: { percentComplete },
  });
  const mail = (text: string, from: User | Contact, to: User | Contact): Partial<Activity> => ({
    description: toHtml(text, from.ref.name ?? ''),
    descriptionFormat: 'html',
    parties: [party('from', from), party('to', to)],
    fields: { direction: from.ref.kind === 'user' ? 'outgoing' : 'incoming' },
  });

  return [
    // Wingtip Toys
    row('phonecall', 'Call back about the delivery of order 40271', {
      ...call(cecil),
      made: at(-4, '15:20'),
      due: at(-3, '11:00'),
      priority: 'high',
      regarding: cecil.ref,
      description:
        'He wants a firm date for the second half of the pallets; warehouse says week 49.',
    }),
    row('task', 'Send Cecil the packing list', {
      ...task('not-started'),
      made: at(-3, '16:05'),
      due: days.day(1),
      regarding: cecil.ref,
      description: 'For order 40271, with the pallet numbers.',
    }),
    row('task', 'Send revised quote with volume discount', {
      ...task('in-progress', 50),
      made: at(-5, '10:15'),
      due: at(-1, '17:00'),
      regarding: doors,
      description: 'From 60 doors on, 4% less. Valid for 30 days.',
    }),
    row('task', 'Update the stakeholder map', {
      ...task('not-started'),
      made: at(-6, '09:30'),
      due: days.day(4),
      regarding: doors,
      description: 'Two new names in purchasing since the reorganisation.',
    }),
    row('note', '', {
      state: null,
      by: jun,
      made: at(0, '08:10'),
      regarding: wingtip.ref,
      description:
        'Spoke to Cecil at reception: budget for phase 2 is approved, they only wait for our quote.',
    }),
    ...thread(),
    row('appointment', 'Site visit', {
      state: 'completed',
      statusReason: 'completed',
      made: at(-12, '11:40'),
      start: at(-1, '10:00'),
      end: at(-1, '11:30'),
      actualStart: at(-1, '10:00'),
      actualEnd: at(-1, '11:30'),
      actualDuration: 90,
      regarding: wingtip.ref,
      description: 'Walked the line with the plant manager. Three doors need the wider frame.',
      fields: { location: 'Waalhaven, gate 4' },
      parties: [
        party('organizer', mona),
        party('required', jun, { response: 'accepted' }),
        party('required', cecil, { response: 'accepted' }),
      ],
    }),
    row('task', 'Send brochure', {
      state: 'completed',
      ...task('completed', 100),
      by: jun,
      made: at(-5, '09:00'),
      due: days.day(-2),
      actualEnd: at(-2, '16:40'),
      regarding: cecil.ref,
    }),
    row('phonecall', 'About the wider frames', {
      ...call(cecil),
      state: 'completed',
      statusReason: 'received',
      made: at(-7, '14:00'),
      actualStart: at(-7, '14:02'),
      actualEnd: at(-7, '14:14'),
      actualDuration: 12,
      regarding: doors,
      outcome: 'answered',
      outcomeNote: 'Wants three of them, will send the measurements.',
      parties: [
        { role: 'from', record: cecil.ref },
        { role: 'to', record: mona.ref },
      ],
      fields: { direction: 'incoming', phoneNumber: cecil.phone, leftVoicemail: false },
    }),
    row('letter', 'Order confirmation 40271', {
      state: 'completed',
      statusReason: 'sent',
      made: at(-20, '10:00'),
      due: at(-19, '12:00'),
      actualEnd: at(-19, '11:30'),
      regarding: wingtip.ref,
      parties: [
        { role: 'from', record: mona.ref },
        { role: 'to', record: wingtip.ref },
      ],
      fields: { direction: 'outgoing', address: 'Wingtip Toys\nRotterdam' },
    }),

    // Today and the days around it
    row('email', '關於第二季合約續約的確認', {
      ...mail(
        '林總經理您好，附上第二季合約續約的條件，請確認後回覆。',
        chen,
        contact(yungFeng, '林志明'),
      ),
      by: chen,
      made: at(-4, '04:30'),
      statusReason: 'draft',
      due: at(-1, '10:00'),
      regarding: yungFeng.ref,
    }),
    row('appointment', 'Site visit: warehouse Rotterdam', {
      state: 'scheduled',
      statusReason: 'busy',
      made: at(-10, '09:10'),
      start: at(0, '09:30'),
      end: at(0, '11:00'),
      regarding: blueYonder.ref,
      description: 'See where the lounge fittings are stored until the opening.',
      fields: { location: 'Rotterdam, hall B' },
      parties: [
        party('organizer', mona),
        party('required', first(blueYonder), { response: 'accepted' }),
      ],
    }),
    row('phonecall', 'Ask Ana for the names of the buying committee', {
      ...call(ana),
      made: at(-5, '16:00'),
      due: at(0, '14:00'),
      priority: 'high',
      regarding: ana.ref,
    }),
    row('task', 'Prepare demo data for the pilot', {
      ...task('waiting'),
      by: jun,
      made: at(-6, '13:00'),
      due: at(0, '16:30'),
      regarding: deal(northwind, 'Pilot, 40 stores'),
    }),
    row('task', 'Book dentist', {
      ...task('not-started'),
      made: at(-8, '12:10'),
      due: at(0, '18:00'),
      regarding: null,
    }),
    row('email', 'Follow up on the security questionnaire', {
      ...mail(
        'Dear Helen, two answers are still open on our side. You will have them by Friday.',
        mona,
        contact(contoso, 'Helen Bennett'),
      ),
      made: at(-3, '11:45'),
      statusReason: 'draft',
      due: at(1, '10:00'),
      regarding: contoso.ref,
    }),
    row('appointment', 'Contract review with legal', {
      state: 'open',
      statusReason: 'tentative',
      by: jun,
      made: at(-7, '15:30'),
      start: at(1, '13:00'),
      end: at(1, '14:00'),
      regarding: deal(contoso, 'Renewal 2027'),
      fields: { location: 'Microsoft Teams' },
      parties: [
        party('organizer', jun),
        party('required', mona, { response: 'tentative' }),
        party('optional', contact(contoso, 'Helen Bennett')),
      ],
    }),
    row('phonecall', 'Quarterly check-in', {
      ...call(maria),
      made: at(-9, '10:30'),
      due: at(3, '15:00'),
      regarding: maria.ref,
    }),
    row('appointment', 'Demo for Northwind', {
      state: 'scheduled',
      statusReason: 'busy',
      made: at(-6, '17:00'),
      start: at(4, '11:00'),
      end: at(4, '12:30'),
      regarding: northwind.ref,
      fields: { location: 'Showroom' },
      parties: [
        party('organizer', mona),
        party('required', contact(northwind, 'Robert Zare'), { response: 'accepted' }),
        party('optional', jun),
      ],
    }),
    row('appointment', 'Partner days Berlin', {
      state: 'scheduled',
      statusReason: 'out-of-office',
      made: at(-40, '10:00'),
      start: days.day(2),
      end: days.day(4),
      regarding: null,
      fields: { location: 'Berlin' },
      parties: [party('organizer', mona)],
    }),
  ];

  /** Five messages about one delivery. */
  function thread(): Activity[] {
    const first = guid('showcase thread');
    const messages: readonly (readonly [User | Contact, number, string, string])[] = [
      [
        cecil,
        -5,
        '09:40',
        'Dear Mona, order 40271 was announced for this week. When exactly will it arrive?',
      ],
      [mona, -5, '11:05', 'Dear Cecil, I have asked our warehouse and will tell you tomorrow.'],
      [
        cecil,
        -4,
        '14:55',
        'Dear Mona, I have not heard from you yet, and we have to book people for unloading.',
      ],
      [
        mona,
        -3,
        '17:10',
        'Dear Cecil, I am sorry. Half of the goods is ready, the other half waits for frames.',
      ],
      [
        mona,
        0,
        '08:12',
        'Dear Cecil, thank you for your patience. We can confirm the first 40 pallets for Thursday; for the rest I will call you this afternoon with a firm date.',
      ],
    ];
    return messages.map(([from, day, clock, text], nth) => ({
      ...row('email', nth === 0 ? 'Delivery dates' : 'RE: Delivery dates', {
        ...mail(text, from, from === mona ? cecil : mona),
        state: 'completed',
        statusReason: from === mona ? 'sent' : 'received',
        made: at(day, clock),
        actualEnd: at(day, clock),
        regarding: wingtip.ref,
        thread: first,
      }),
      id: nth === 0 ? first : guid(`showcase thread ${nth}`),
    }));
  }

  function user(name: string): User {
    return found(
      world.users.find(({ ref }) => ref.name === name),
      name,
    );
  }
  function account(name: string): Account {
    return found(
      world.accounts.find(({ ref }) => ref.name === name),
      name,
    );
  }
  function contact({ contacts }: Account, name: string): Contact {
    return found(
      contacts.find(({ ref }) => ref.name === name),
      name,
    );
  }
  function first({ contacts, ref }: Account): Contact {
    return found(contacts[0], ref.name ?? '');
  }
  function deal({ deals }: Account, name: string): RecordRef {
    return found(
      deals.find(({ ref }) => ref.name === name),
      name,
    ).ref;
  }
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The demo has no ${name}`);
  return value;
}
