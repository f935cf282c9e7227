// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "BundledPacks.h"
#include "detect/AlertFold.h"
#include "detect/SigmaDetector.h"
#include "event/LogEvent.h"
#include "simulator/Company.h"
#include "simulator/EventLog.h"
#include "simulator/Simulator.h"
#include "simulator/Timeline.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <set>

using namespace octotrail;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int people = 500;

using Alerts = std::vector<detect::AlertFold::Alert>;

/// A company's log, with attacks or without, as the rules see it.
class Days
{
public:
    Days(std::chrono::hours span, bool stories, std::uint64_t seed)
        : m_company(people, seed, m_end)
        , m_timeline(m_company, {seed, m_end, span, 120, 20, {}, stories}, m_log)
    {
        m_timeline.advance(m_end);
    }

    Alerts watchedBy(const QStringList &packNames) const
    {
        detect::AlertFold fold;
        detect::SigmaDetector detector(packs::load(packNames).rules);
        event::EventReader reader;
        for (std::size_t i = 0; i < m_log.size(); ++i) {
            const event::LogEvent event = reader.read(std::string(m_log.line(i)));
            std::vector<detect::Match> matches;
            detector.process({{static_cast<store::Seq>(i + 1), 1, &event}}, matches);
            for (detect::Match &match : matches) {
                fold.add(std::move(match));
            }
        }
        return fold.take();
    }

    std::size_t size() const { return m_log.size(); }
    std::vector<simulator::Story> stories() const { return m_timeline.stories(); }

private:
    const event::Timestamp m_end = *event::parseTimestamp("2026-11-23T08:00:00Z"); // a Monday
    simulator::Company m_company;
    simulator::EventLog m_log;
    simulator::Timeline m_timeline;
};

} // namespace

/// The packs in front of the simulated company: what they catch, and how quiet they are otherwise.
class TestPacksAtWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const Days days(24h, true, 7);
        for (const simulator::Story &story : days.stories()) {
            m_stories[story.name] = {story.uuids.begin(), story.uuids.end()};
        }
        m_core = days.watchedBy({u"core"_s});
        m_all = days.watchedBy(packs::names());
    }

    void catchStories_data()
    {
        QTest::addColumn<QStringList>("rules");
        const auto row = [](const char *story, const QStringList &rules) { QTest::newRow(story) << rules; };
        row("phishing-blocked", {u"core/fastpass-declined-phishing"_s, u"core/suspicious-activity-reported-by-user"_s});
        row("password-spray",
            {u"core/password-spray-from-one-address"_s, u"core/sign-in-succeeded-after-password-spray"_s,
                u"core/threatinsight-attack-not-blocked"_s, u"identity-threat/credential-stuffing-from-one-network"_s});
        row("mass-app-access", {u"core/many-applications-opened-at-once"_s});
        row("mfa-push-bombing", {u"core/push-notifications-rejected"_s, u"core/push-accepted-after-rejections"_s});
        row("stolen-session",
            {u"core/session-moved-to-other-network-and-browser"_s, u"identity-threat/session-in-another-browser"_s});
        row("help-desk-reset",
            {u"core/factor-enrolled-after-reset-from-risky-place"_s,
                u"identity-threat/factors-and-password-reset-together"_s});
        row("impossible-travel", {u"core/impossible-travel"_s});
        row("api-token-created",
            {u"core/api-token-for-anywhere-created"_s, u"core/admin-console-from-new-device-and-address"_s,
                u"identity-threat/new-api-token-used-elsewhere"_s});
        row("admin-role-at-night",
            {u"core/super-or-org-administrator-granted"_s, u"core/new-account-made-administrator"_s});
        row("idp-created", {u"core/identity-provider-created"_s, u"core/sign-in-through-new-identity-provider"_s});
        row("policy-weakened", {u"core/sign-on-rule-lets-one-factor-suffice"_s, u"core/network-zone-opened"_s});
        row("support-access", {u"core/support-access-to-organization"_s});
    }
    void catchStories()
    {
        QFETCH(QStringList, rules);
        const QString story = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(m_stories.contains(story));
        QVERIFY(!caughtBy(m_core, story).isEmpty()); // with what is on at first
        const QStringList caught = caughtBy(m_all, story);
        for (const QString &rule : rules) {
            QVERIFY2(caught.contains(rule), qPrintable(rule + u" is not among "_s + caught.join(u", "_s)));
        }
        qInfo("%s: %s", qPrintable(story), qPrintable(caught.join(u", "_s)));
    }

    void everyStoryIsExpected() { QCOMPARE(m_stories.size(), 12U); }

    void quietWeek_data()
    {
        QTest::addColumn<int>("seed");
        QTest::newRow("one company") << 3;
        QTest::newRow("another") << 11;
    }
    void quietWeek()
    {
        QFETCH(int, seed);
        const Days week(7 * 24h, false, static_cast<std::uint64_t>(seed));
        QVERIFY(week.size() > 100'000);
        std::map<QString, int> byPack;
        std::map<QString, int> byRule;
        std::map<QString, int> recorded;
        int raised = 0;
        const Alerts alerts = week.watchedBy(packs::names());
        for (const detect::AlertFold::Alert &alert : alerts) {
            const QString name = packs::nameOf(*alert.match.rule);
            if (alert.match.rule->alert.isRecord) {
                ++recorded[name]; // calls nobody
                continue;
            }
            ++byPack[name.section(u'/', 0, 0)];
            ++byRule[name];
            ++raised;
        }
        for (const auto &[rule, count] : byRule) {
            qInfo("%3d %s", count, qPrintable(rule));
        }
        for (const auto &[rule, count] : recorded) {
            qInfo("%3d %s (recorded)", count, qPrintable(rule));
        }
        for (const QString &pack : packs::names()) {
            qInfo("%s: %.1f alerts a day (%zu events of %d people in a week)", qPrintable(pack), byPack[pack] / 7.0,
                week.size(), people);
        }
        qInfo("all packs: %.1f alerts a day; beside them recorded: %.1f a day", raised / 7.0,
            (static_cast<double>(alerts.size()) - raised) / 7.0);
        QVERIFY(byPack[u"core"_s] < 7); // what is on at first
        QVERIFY(raised < 5 * 7);
        QVERIFY(recorded.contains(u"admin-change-audit/factors-of-user-reset"_s)); // routine is not lost
    }

private:
    QStringList caughtBy(const Alerts &alerts, const QString &story) const
    {
        const std::set<std::string> &uuids = m_stories.at(story);
        QStringList rules;
        for (const detect::AlertFold::Alert &alert : alerts) {
            if (std::ranges::any_of(
                    alert.match.members, [&](const detect::Member &member) { return uuids.contains(member.uuid); })) {
                rules.append(packs::nameOf(*alert.match.rule));
            }
        }
        rules.sort();
        rules.removeDuplicates();
        return rules;
    }

    std::map<QString, std::set<std::string>> m_stories;
    Alerts m_core;
    Alerts m_all;
};

QTEST_GUILESS_MAIN(TestPacksAtWork)
#include "tst_packs_at_work.moc"
