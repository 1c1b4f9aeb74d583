import { expect } from '@open-wc/testing';
import { createDemoData, lastMorning } from '../../demo/data/create-demo-data.js';
import { SITE_SURVEY, ownTypes } from '../../demo/data/own-types.js';
import type { Activity } from '../../src/model/activity.js';
import { builtInTypes } from '../../src/model/built-in-types.js';
import { checkActivity } from '../../src/model/check.js';
import { addDays, dayOf, isOverdue, startOfDay, toMilliseconds } from '../../src/model/time.js';

const today = '2026-11-23';
const timeZone = 'Europe/Berlin';
const now = startOfDay(today, timeZone) + 8.5 * 60 * 60_000;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const typeOf = ({ type }: Activity) => {
  const found = [...builtInTypes, ...ownTypes].find(({ name }) => name === type);
  if (!found) throw new Error(`No type ${type}`);
  return found;
};
const isActive = ({ state }: Activity) => state === 'open' || state === 'scheduled';

describe('createDemoData', () => {
  const data = createDemoData({ today, timeZone });
  const { activities, records, user, team, teams } = data;
  const known = new Set(
    [...records.map(({ ref }) => ref), ...teams].map(({ kind, id }) => `${kind} ${id}`),
  );
  const ofKind = (kind: string) => records.filter(({ ref }) => ref.kind === kind);
  const idOf = (name: string) => records.find(({ ref }) => ref.name === name)?.ref.id;

  it('gives the same for the same input, and keeps ids on another day', () => {
    expect(createDemoData({ today, timeZone })).to.deep.equal(data);
    const later = createDemoData({ today: '2027-03-06', timeZone: 'Asia/Taipei' });
    expect(later.records).to.deep.equal(records);
    expect(later.activities).to.have.length(activities.length);
    expect(
      later.activities.filter(({ id }) => activities.some((other) => other.id === id)).length,
    ).to.be.above(1900);
  });

  it('begins on the last day whose morning has been', () => {
    const half = 30 * 60_000;
    expect(lastMorning(now, timeZone)).to.equal(today);
    expect(lastMorning(now - half, timeZone)).to.equal('2026-11-22');
    expect(lastMorning(now + 15 * 60 * 60_000, timeZone)).to.equal(today);
  });

  it('has as much of everything as it promises', () => {
    expect(activities).to.have.length(2000);
    expect(ofKind('account')).to.have.length(60);
    expect(ofKind('contact')).to.have.length(200);
    expect(ofKind('opportunity')).to.have.length(80);
    expect(ofKind('user')).to.have.length(12);
    expect(team).to.have.length(4);
    expect(user.name).to.equal('Mona Sanders');
    for (const name of [...builtInTypes.map((one) => one.name), SITE_SURVEY])
      expect(
        activities.some(({ type }) => type === name),
        name,
      ).to.equal(true);
  });

  it('gives every record and activity an id of its own', () => {
    const ids = [...activities, ...records.map(({ ref }) => ref), ...teams].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(GUID);
  });

  it('makes rows that the kit takes without a word, with states and reasons of their type', () => {
    for (const activity of activities) {
      expect(checkActivity(activity).problems).to.deep.equal([]);
      const type = typeOf(activity);
      if (activity.state === null) {
        expect(activity.type).to.equal('note');
        expect(activity).not.to.have.any.keys('statusReason', 'due');
      } else {
        const reasons = type.states[activity.state]?.reasons.map(({ name }) => name);
        expect(reasons, `${activity.type} ${activity.state}`).to.include(activity.statusReason);
      }
      const roles = type.roles.map(({ role }) => role);
      for (const { role } of activity.parties ?? []) expect(roles).to.include(role);
      const fields = type.fields.map(({ name }) => name);
      expect(fields).to.include.members(Object.keys(activity.fields ?? {}));
      expect(JSON.parse(JSON.stringify(activity))).to.deep.equal(activity);
    }
  });

  it('names only records that there are', () => {
    for (const { regarding, owner, parties = [], createdBy, modifiedBy } of activities) {
      for (const ref of [
        regarding,
        owner,
        createdBy,
        modifiedBy,
        ...parties.map(({ record }) => record),
      ]) {
        if (ref) expect(known.has(`${ref.kind} ${ref.id}`), ref.name).to.equal(true);
      }
    }
    for (const { parent } of [...ofKind('contact'), ...ofKind('opportunity')]) {
      expect(parent && known.has(`account ${parent.id}`)).to.equal(true);
    }
    for (const { deal } of ofKind('opportunity')) {
      expect(deal?.value?.amount).to.be.above(0);
      expect(deal?.stageIndex).to.be.below(deal?.stageCount ?? 0);
    }
  });

  it('lets nothing happen before it was written down, or in the future', () => {
    for (const {
      createdAt = '',
      modifiedAt = '',
      actualStart,
      actualEnd,
      start,
      end,
    } of activities) {
      expect(createdAt <= modifiedAt).to.equal(true);
      expect(toMilliseconds(modifiedAt, timeZone)).to.be.at.most(now);
      if (actualEnd) expect(toMilliseconds(actualEnd, timeZone)).to.be.at.most(now);
      if (actualStart && actualEnd) expect(actualStart < actualEnd).to.equal(true);
      if (start && end) {
        expect(start < end).to.equal(true);
        expect(start.length).to.equal(end.length);
      }
    }
    for (const activity of activities.filter(({ state }) => state === 'completed')) {
      expect(activity.actualEnd, activity.subject).to.be.a('string');
    }
  });

  it('keeps to business hours', () => {
    const berlin = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: 'numeric',
      hourCycle: 'h23',
    });
    const times = activities
      .flatMap(({ start, due }) => [start, due])
      .filter((time) => time && time.length > 10);
    const late = times.filter((time) => {
      const hour = Number(berlin.format(new Date(time ?? '')));
      return hour < 8 || hour > 18;
    });
    expect(late).to.deep.equal([]);
  });

  it('gives Mona Sanders a full page, but of somebody who copes', () => {
    const hers = activities.filter(
      (activity) => activity.owner?.id === user.id && isActive(activity),
    );
    const on = (day: string) =>
      hers
        .filter(({ start, due }) => start !== undefined || due !== undefined)
        .filter(({ start, due }) => dayOf(start ?? due ?? '', timeZone) === day);
    expect(hers).to.have.length(130);
    expect(on(today).length).to.be.within(5, 8);
    expect(on(addDays(today, 1)).length).to.be.within(8, 12);
    expect(
      hers.filter((activity) => isOverdue(activity, typeOf(activity), now, timeZone)).length,
    ).to.be.within(3, 7);
    expect(hers.some(({ regarding }) => regarding === null)).to.equal(true);
  });

  it('has kinds of times, parties and people of every sort', () => {
    expect(
      activities.some(({ type, due }) => type === 'task' && due?.length === 10),
      'due on a date',
    ).to.equal(true);
    expect(
      activities.some(({ start }) => start?.length === 10),
      'all day',
    ).to.equal(true);
    expect(
      activities.some(({ parties }) => parties?.some(({ record, address }) => !record && address)),
      'bare address',
    ).to.equal(true);
    expect(
      activities.some(({ owner }) => owner?.kind === 'team'),
      'owned by a team',
    ).to.equal(true);
    expect(activities.filter(({ priority }) => priority === 'normal').length).to.be.above(1500);
    const written = activities.map(({ subject }) => subject).join(' ');
    for (const script of ['Greek', 'Arabic', 'Hebrew', 'Hiragana', 'Hangul', 'Han']) {
      expect(written).to.match(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    expect(written).not.to.match(/[{}]/);
    expect(
      new Set(ofKind('opportunity').map(({ deal }) => deal?.value?.currency)).size,
    ).to.be.above(5);
  });

  it('tells the story of Wingtip Toys', () => {
    const cecil = records.find(({ ref }) => ref.name === 'Cecil Langer');
    expect(cecil?.parent?.id).to.equal(idOf('Wingtip Toys'));
    const call = activities.find(
      ({ subject }) => subject === 'Call back about the delivery of order 40271',
    );
    expect(call).to.include({ type: 'phonecall', state: 'open', priority: 'high' });
    expect(call?.regarding?.id).to.equal(cecil?.ref.id);
    expect(call?.owner?.id).to.equal(user.id);
    expect(dayOf(call?.due ?? '', timeZone)).to.equal(addDays(today, -3));
    const list = activities.find(({ subject }) => subject === 'Send Cecil the packing list');
    expect(list).to.include({ type: 'task', state: 'open' });
    expect(list?.regarding?.id).to.equal(cecil?.ref.id);
    const wingtips = activities.filter(({ regarding }) => regarding?.id === idOf('Wingtip Toys'));
    expect(wingtips.map(({ type }) => type)).to.include.members([
      'note',
      'email',
      'appointment',
      'letter',
    ]);
    const deals = ofKind('opportunity').filter(({ parent }) => parent?.id === idOf('Wingtip Toys'));
    expect(deals.reduce((sum, { deal }) => sum + (deal?.value?.amount ?? 0), 0)).to.equal(214_000);
    for (const name of [
      'Blue Yonder Airlines',
      'Northwind',
      'Contoso Pharmaceuticals',
      'Alfreds Futterkiste',
      '永豐貿易股份有限公司',
    ]) {
      expect(idOf(name), name).to.be.a('string');
    }
  });
});
