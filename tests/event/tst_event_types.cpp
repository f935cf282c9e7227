// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/EventTypes.h"
#include "event/LogEvent.h"
#include "simulator/Simulator.h"

#include <QRegularExpression>
#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;

/// The catalogue of event types and what they mean.
class TestEventTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWellFormed()
    {
        static const QRegularExpression name(u"^[a-z_0-9]+(\\.[A-Za-z_0-9]+)+$"_s);
        const QStringList types = event::describedEventTypes();
        QVERIFY(types.size() >= 400);
        for (const QString &type : types) {
            QVERIFY2(name.match(type).hasMatch(), qPrintable(type));
            const QString description = event::eventTypeDescription(type.toStdString());
            QVERIFY2(description.size() > 10 && description.endsWith(u'.'), qPrintable(type + u": "_s + description));
        }
    }

    void knowsWhatItKnows()
    {
        QCOMPARE(event::eventTypeDescription("zone.delete"), u"A network zone was deleted."_s);
        QVERIFY(event::eventTypeDescription("zone.explode").isEmpty());
        QVERIFY(event::eventTypeDescription("").isEmpty());
    }

    void describesWhatTheSimulatorTells()
    {
        simulator::Simulator::Options options;
        options.live = false;
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization);
        for (const std::string &line : (*organization)->log()) {
            const auto logEvent = event::LogEvent::fromBytes(line);
            const std::string type(logEvent.text(event::field::EventType).value_or("none"));
            QVERIFY2(!event::eventTypeDescription(type).isEmpty(), type.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestEventTypes)
#include "tst_event_types.moc"
