import { useId } from 'react';
import { FieldNote } from '../ui/field.tsx';
import { useWords } from '../words/words.tsx';
import style from './begin-upgrade.module.css';
import { DAYS, type Hours, isPastMidnight, timeZones, type WrongHours } from './plan.ts';

interface Props {
  hours: Hours | null;
  /** Of what was sent; nothing is complained of while it is typed. */
  wrong: WrongHours | null;
  onHours: (hours: Hours | null) => void;
}

const { zones, here } = timeZones();
/** Nights of the week, when fewest customers write. */
const PROPOSED: Hours = { days: DAYS.slice(0, 5), from: '22:00', to: '05:00', timeZone: here };

/** At which hours servers may be offered the build; at any where nothing is chosen. */
export function UpgradeHours({ hours, wrong, onHours }: Props) {
  const { upgrades: words } = useWords();
  const field = useId();
  const time = (name: 'from' | 'to', label: string, known: Hours) => {
    const isWrong = wrong === name || (wrong === 'same' && name === 'to');
    return (
      <div className="field">
        <label htmlFor={`${field}-${name}`}>{label}</label>
        <input
          id={`${field}-${name}`}
          name={name}
          type="time"
          value={known[name]}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${field}-wrong` : `${field}-hint`}
          onChange={({ target }) => onHours({ ...known, [name]: target.value })}
        />
      </div>
    );
  };
  return (
    <fieldset className={style.part}>
      <legend>{words.when}</legend>
      <label className={style.choice}>
        <input
          type="checkbox"
          name="limited"
          checked={hours !== null}
          onChange={({ target }) => onHours(target.checked ? PROPOSED : null)}
        />
        {words.onlyAt}
      </label>
      {hours && (
        <>
          <fieldset className={style.days} aria-describedby={wrong === 'days' ? `${field}-wrong` : undefined}>
            <legend>{words.days}</legend>
            {DAYS.map((day) => (
              <label key={day} className={style.choice}>
                <input
                  type="checkbox"
                  name="days"
                  checked={hours.days.includes(day)}
                  aria-invalid={wrong === 'days'}
                  onChange={({ target }) =>
                    onHours({
                      ...hours,
                      days: DAYS.filter((each) =>
                        each === day ? target.checked : hours.days.includes(each),
                      ),
                    })
                  }
                />
                {words.day[day]}
              </label>
            ))}
          </fieldset>
          <div className={style.times}>
            {time('from', words.from, hours)}
            {time('to', words.until, hours)}
            <div className="field">
              <label htmlFor={`${field}-zone`}>{words.timeZone}</label>
              <select
                id={`${field}-zone`}
                value={hours.timeZone}
                onChange={({ target }) => onHours({ ...hours, timeZone: target.value })}
              >
                {zones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </select>
            </div>
          </div>
          {wrong ? (
            <p id={`${field}-wrong`} role="alert">
              {words.wrongHours[wrong]}
            </p>
          ) : (
            <p id={`${field}-hint`}>{isPastMidnight(hours) ? words.pastMidnight : words.offersOnly}</p>
          )}
        </>
      )}
      <FieldNote name="hours" />
    </fieldset>
  );
}
