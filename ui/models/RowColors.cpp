// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowColors.h"

#include "filter/ProfilePath.h"
#include "store/EventLookup.h"
#include "store/Profiles.h"
#include "ui/style/Tones.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/widgets/WorkFinished.h"

#include <QPalette>
#include <algorithm>

namespace octotrail::ui {

using store::Seq;

/// The filters of the rules in force, shared with the threads that ask them.
struct RowColors::Compiled
{
    std::vector<std::pair<int, filter::Matcher>> matchers; ///< with the rule's place

    int ruleOf(const event::LogEvent &event) const
    {
        for (const auto &[rule, matcher] : matchers) {
            if (matcher.matches(event)) {
                return rule;
            }
        }
        return -1;
    }
};

QList<RuleColor> ruleColors(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const auto make = [dark](const char *key, const QString &caption, int hue, int saturation = 200) {
        return RuleColor{key, caption,
            dark ? QColor::fromHsl(hue, saturation / 2, 44) : QColor::fromHsl(hue, saturation, 236),
            dark ? QColor::fromHsl(hue, saturation, 155) : QColor::fromHsl(hue, saturation, 85)};
    };
    return {make("red", RowColors::tr("Red"), 0), make("orange", RowColors::tr("Orange"), 28),
        make("yellow", RowColors::tr("Yellow"), 50), make("green", RowColors::tr("Green"), 130, 150),
        make("teal", RowColors::tr("Teal"), 180, 150), make("blue", RowColors::tr("Blue"), 212),
        make("purple", RowColors::tr("Purple"), 270), make("pink", RowColors::tr("Pink"), 325),
        make("gray", RowColors::tr("Gray"), 220, 20)};
}

RowColors::RowColors(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &RowColors::judge);
    connect(m_store.get(), &store::Store::profilesChanged, this, &RowColors::forget);
}

RowColors::~RowColors()
{
    m_store->disconnect(this);
}

void RowColors::setRules(const std::vector<ColorRule> &rules)
{
    m_rules = rules;
    compile();
}

void RowColors::forget()
{
    if (m_asksBeside) {
        compile();
    }
}

void RowColors::compile()
{
    const quint64 era = ++m_era;
    m_known.clear();
    m_wanted.clear();
    m_compiled.reset();
    std::vector<std::pair<int, filter::Input>> inputs;
    m_asksBeside = false;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (!m_rules[i].enabled) {
            continue;
        }
        if (auto input = filter::parseInput(m_rules[i].filter.toStdString())) {
            m_asksBeside = m_asksBeside || filter::usesProfiles(input->expression);
            inputs.emplace_back(static_cast<int>(i), std::move(*input));
        }
    }
    Q_EMIT changed();
    if (inputs.empty()) {
        return;
    }
    const auto make = [this, inputs = std::move(inputs)](const filter::ProfileIndexPtr &profiles) {
        auto compiled = std::make_shared<Compiled>();
        for (const auto &[rule, input] : inputs) {
            compiled->matchers.emplace_back(rule, filter::Matcher(input.expression, input.words, profiles));
        }
        m_compiled = std::move(compiled);
        Q_EMIT changed();
    };
    if (!m_asksBeside) {
        make({});
        return;
    }
    whenFinished(store::Profiles(*m_store).index(), this,
        [this, era, make](const event::Result<filter::ProfileIndexPtr> &profiles) {
            if (era == m_era) {
                make(profiles.value_or(nullptr));
            }
        });
}

int RowColors::ruleOf(Seq seq) const
{
    if (!m_compiled) {
        return -1;
    }
    if (const int *known = m_known.object(seq)) {
        return *known;
    }
    m_wanted.push_back(seq);
    if (!m_timer.isActive() && !m_judging) {
        m_timer.start();
    }
    return -1;
}

void RowColors::judge()
{
    if (m_judging || m_wanted.empty() || !m_compiled) {
        return;
    }
    // What was looked at last is on the screen now.
    std::vector<Seq> seqs;
    for (auto seq = m_wanted.rbegin(); seq != m_wanted.rend() && seqs.size() < atOnce; ++seq) {
        if (std::ranges::find(seqs, *seq) == seqs.end() && !m_known.contains(*seq)) {
            seqs.push_back(*seq);
        }
    }
    m_wanted.clear();
    if (seqs.empty()) {
        return;
    }
    m_judging = true;
    using Judged = event::Result<std::vector<std::pair<Seq, int>>>;
    const auto judge = [compiled = m_compiled](const event::Result<std::vector<store::StoredEvent>> &events) -> Judged {
        if (!events) {
            return tl::unexpected(events.error());
        }
        std::vector<std::pair<Seq, int>> rules;
        for (const store::StoredEvent &stored : *events) {
            rules.emplace_back(stored.seq, compiled->ruleOf(stored.event));
        }
        return rules;
    };
    const auto events = store::EventLookup(*m_store).events(seqs);
    whenWorkFinished(events, this, judge, [this, era = m_era, seqs](const Judged &rules) {
        m_judging = false;
        if (era == m_era && !rules) {
            Q_EMIT failed(rules.error().sentence);
        } else if (era == m_era) {
            for (const Seq seq : seqs) {
                m_known.insert(seq, new int(-1)); // also what is gone: it is not asked for again
            }
            for (const auto &[seq, rule] : *rules) {
                m_known.insert(seq, new int(rule)); // the cache owns it
            }
            Q_EMIT changed();
        }
        if (!m_wanted.empty()) {
            m_timer.start();
        }
    });
}

} // namespace octotrail::ui
