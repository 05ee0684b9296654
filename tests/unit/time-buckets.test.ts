import { callerNetwork } from '#server/http/caller-address.ts';
import { TimeBuckets } from '#server/http/time-buckets.ts';

let now = 0;
const buckets = (capacity: number, perSecond: number) =>
  new TimeBuckets({ capacity, perSecond }, () => now);

beforeEach(() => {
  now = 0;
});

describe('a bucket of time', () => {
  it('lets in whoever has anything left, and takes the cost afterwards', () => {
    const kept = buckets(100, 10);

    kept.take('a', 99);
    expect(kept.wait('a')).toBe(0);
    kept.take('a', 31);

    // 30 below nothing, at 10 a second.
    expect(kept.wait('a')).toBe(3);
    expect(kept.wait('b')).toBe(0);
  });

  it('fills with time, and never above its capacity', () => {
    const kept = buckets(100, 10);
    kept.take('a', 130);

    now = 3_000;
    expect(kept.wait('a')).toBe(1);
    now = 3_001;
    expect(kept.wait('a')).toBe(0);
    now = 1_000_000;
    kept.take('a', 99);
    expect(kept.wait('a')).toBe(0);
    kept.take('a', 1);
    expect(kept.wait('a')).toBe(1);
  });

  it('gives back what somebody else pays for', () => {
    const kept = buckets(100, 10);
    kept.take('a', 130);

    kept.take('a', -130);

    expect(kept.wait('a')).toBe(0);
  });

  it('makes nobody wait longer than a minute, whatever he asked for at once', () => {
    const kept = buckets(100, 10);

    for (let request = 0; request < 50; request += 1) kept.take('a', 15_000);

    expect(kept.wait('a')).toBe(60);
  });

  it('remembers a bounded number of callers and forgets the one unused for longest', () => {
    const kept = buckets(100, 10);
    for (let caller = 0; caller <= 10_000; caller += 1) {
      kept.take(`caller ${caller}`, 130);
      // Used all the time: it must not be forgotten.
      if (caller === 9_000) kept.take('caller 0', 1);
    }

    expect(kept.size).toBe(10_000);
    expect(kept.wait('caller 0')).toBeGreaterThan(0);
    expect(kept.wait('caller 1')).toBe(0);
    expect(kept.wait('caller 2')).toBeGreaterThan(0);
  });
});

describe('one caller among the addresses', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    // A household whose network ends in zeros: the text before its own part is shorter.
    ['2001:db8::a:b:c:d', '2001:db8:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (address, network) => {
    expect(callerNetwork(address)).toBe(network);
  });
});
