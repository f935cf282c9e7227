// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"

#include <QJsonArray>
#include <QTest>
#include <set>

using namespace octotrail;
using namespace Qt::StringLiterals;
using simulator::Simulator;

class TestProfilesApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_options = fixedLog();
        m_options.users = 450;
        m_simulator = startedWith(m_options);
        QVERIFY(m_simulator);
    }

    void listsUsersWithoutTheDeprovisioned()
    {
        Client client(*m_simulator);
        int pages = 0;
        const auto users = client.collect(u"/api/v1/users"_s, &pages);
        QCOMPARE(pages, 3); // 200 a page
        const auto all = client.collect(u"/api/v1/users?search="_s + encoded(u"status pr"_s));
        QCOMPARE(all.size(), 450U);
        std::set<QString> logins;
        std::size_t deprovisioned = 0;
        for (const std::string &line : all) {
            const QJsonObject user = object(line);
            deprovisioned += user[u"status"_s].toString() == u"DEPROVISIONED"_s;
            logins.insert(user[u"profile"_s][u"login"_s].toString());
        }
        QCOMPARE(logins.size(), all.size());
        QVERIFY(deprovisioned > 5);
        QCOMPARE(users.size(), all.size() - deprovisioned);
        for (const std::string &line : users) {
            QVERIFY(object(line)[u"status"_s] != u"DEPROVISIONED"_s);
        }
    }

    void usersHaveOktasLayout()
    {
        Client client(*m_simulator);
        const QJsonObject user = object(client.get(u"/api/v1/users?limit=1"_s).lines().at(0));
        for (const auto &member :
            {u"id"_s, u"status"_s, u"created"_s, u"activated"_s, u"statusChanged"_s, u"lastLogin"_s, u"lastUpdated"_s,
                u"passwordChanged"_s, u"type"_s, u"profile"_s, u"credentials"_s, u"_links"_s}) {
            QVERIFY2(user.contains(member), qPrintable(member));
        }
        QVERIFY(user[u"id"_s].toString().startsWith(u"00u"_s));
        QCOMPARE(user[u"id"_s].toString().size(), 20);
        const QJsonObject profile = user[u"profile"_s].toObject();
        QVERIFY(profile[u"login"_s].toString().endsWith(u"@example.com"_s));
        QCOMPARE(profile[u"countryCode"_s].toString().size(), 2);
        QVERIFY(user[u"_links"_s][u"self"_s][u"href"_s].toString().startsWith(m_simulator->origin().toString()));
    }

    void searchesUsers()
    {
        Client client(*m_simulator);
        const auto recent = client.collect(
            u"/api/v1/users?limit=20&search="_s + encoded(u"lastUpdated gt \"2026-01-01T00:00:00.000Z\""_s));
        QVERIFY(!recent.empty() && recent.size() < 450);
        for (const std::string &line : recent) {
            QVERIFY(object(line)[u"lastUpdated"_s].toString() > u"2026-01-01T00:00:00.000Z"_s);
        }
        const auto gone = client.collect(u"/api/v1/users?filter="_s + encoded(u"status eq \"DEPROVISIONED\""_s));
        QVERIFY(!gone.empty());
        for (const std::string &line : gone) {
            QCOMPARE(object(line)[u"status"_s].toString(), u"DEPROVISIONED"_s);
        }
        const QJsonObject one = object(recent.front());
        const auto sales = client.collect(u"/api/v1/users?search="_s
            + encoded(u"profile.login eq \"%1\""_s.arg(one[u"profile"_s][u"login"_s].toString())));
        QCOMPARE(sales, std::vector{recent.front()});
        const Answer quick = client.get(u"/api/v1/users?q=ma"_s);
        QVERIFY(quick.lines().size() <= 10 && !quick.lines().empty());
        QVERIFY(quick.next().isEmpty());
    }

    void refuses()
    {
        Client client(*m_simulator);
        QCOMPARE(client.get(u"/api/v1/users?search="_s + encoded(u"status eq"_s)).errorCode(), u"E0000031"_s);
        QCOMPARE(client.get(u"/api/v1/users?after=00uUnknown"_s).errorCode(), u"E0000031"_s);
        QCOMPARE(client.get(u"/api/v1/users?limit=none"_s).status, 400);
        QCOMPARE(client.get(u"/api/v1/users?limit=5000"_s).lines().size(), 200U);
        client.setToken(u"00x"_s);
        QCOMPARE(client.get(u"/api/v1/users"_s).status, 401);
        QCOMPARE(client.get(u"/api/v1/devices"_s).errorCode(), u"E0000011"_s);
    }

    void listsDevices()
    {
        Client client(*m_simulator);
        const auto devices = client.collect(u"/api/v1/devices?limit=100"_s);
        QVERIFY(devices.size() > 450);
        const QJsonObject device = object(devices.front());
        QVERIFY(device[u"id"_s].toString().startsWith(u"guo"_s));
        QCOMPARE(device[u"resourceType"_s].toString(), u"UDDevice"_s);
        QVERIFY(!device.contains(u"_embedded"_s));
        for (const auto &member : {u"displayName"_s, u"platform"_s, u"serialNumber"_s, u"managed"_s, u"registered"_s}) {
            QVERIFY2(device[u"profile"_s].toObject().contains(member), qPrintable(member));
        }
        const auto expanded = client.collect(u"/api/v1/devices?expand=user&limit=200"_s);
        QCOMPARE(expanded.size(), devices.size());
        const QJsonObject with = object(expanded.front());
        QCOMPARE(with[u"id"_s], device[u"id"_s]);
        const QJsonObject owner = with[u"_embedded"_s][u"users"_s][0].toObject();
        QVERIFY(owner[u"managementStatus"_s].isString() && owner[u"screenLockType"_s].isString());
        QVERIFY(owner[u"user"_s][u"profile"_s][u"login"_s].isString());

        const auto search = client.collect(u"/api/v1/devices?search="_s + encoded(u"profile.platform eq \"MACOS\""_s));
        QVERIFY(!search.empty() && search.size() < devices.size());
    }

    void summarizesUsersOfDevices()
    {
        Client client(*m_simulator);
        const QJsonObject device = object(client.get(u"/api/v1/devices?expand=userSummary&limit=1"_s).lines().at(0));
        const QJsonObject owner = device[u"_embedded"_s][u"users"_s][0].toObject();
        QVERIFY(owner[u"managementStatus"_s].isString());
        QVERIFY(owner[u"user"_s][u"profile"_s][u"login"_s].isString());
        QVERIFY(!owner[u"user"_s].toObject().contains(u"credentials"_s));
    }

    void changesAsTimeGoesOn()
    {
        Simulator::Options options = fixedLog();
        options.users = 120;
        const auto organization = startedWith(options);
        Client client(*organization);
        const QString all = u"/api/v1/users?search="_s + encoded(u"status pr"_s);
        const auto before = client.collect(all);
        using simulator::ProfileChange;
        const QString moved = organization->changeProfile(ProfileChange::Move);
        const QString left = organization->changeProfile(ProfileChange::Deactivate);
        const QString gone = organization->changeProfile(ProfileChange::Delete);
        const QString tablet = organization->changeProfile(ProfileChange::Enrol);
        QVERIFY(!moved.isEmpty() && !left.isEmpty() && !gone.isEmpty() && !tablet.isEmpty());
        QCOMPARE(client.collect(all).size(), before.size() - 1);
        const QString since = QString::fromStdString(event::formatTimestamp(
            std::chrono::floor<std::chrono::milliseconds>(event::now() - std::chrono::minutes(1))));
        const auto recent = client.collect(u"/api/v1/users?search="_s + encoded(u"lastUpdated gt \"%1\""_s.arg(since)));
        std::set<QString> ids;
        for (const std::string &line : recent) {
            ids.insert(object(line)[u"id"_s].toString());
        }
        QVERIFY(ids.contains(moved) && !ids.contains(gone));
        const auto devices = client.collect(u"/api/v1/devices?search="_s + encoded(u"id eq \"%1\""_s.arg(tablet)));
        QCOMPARE(devices.size(), std::size_t{1});
        // The same happens to the same people for a seed.
        const auto twin = startedWith(options);
        QCOMPARE(twin->changeProfile(ProfileChange::Move), moved);
        QCOMPARE(twin->changeProfile(ProfileChange::Deactivate), left);
    }

    void searchLags()
    {
        Simulator::Options options = fixedLog();
        options.searchLag = std::chrono::minutes(5);
        const auto organization = startedWith(options);
        Client client(*organization);
        const QString moved = organization->changeProfile(simulator::ProfileChange::Suspend);
        const QString condition = encoded(u"id eq \"%1\""_s.arg(moved));
        const auto status = [&](const QString &parameter) {
            const auto lines = client.get(u"/api/v1/users?"_s + parameter + u"="_s + condition).lines();
            return lines.size() == 1 ? object(lines.front())[u"status"_s].toString() : QString();
        };
        QCOMPARE(status(u"search"_s), u"ACTIVE"_s);
        QCOMPARE(status(u"filter"_s), u"SUSPENDED"_s);
    }

    void classicHasNoDevices()
    {
        Simulator::Options options = fixedLog();
        options.classic = true;
        const auto classic = startedWith(options);
        Client client(*classic);
        const Answer answer = client.get(u"/api/v1/devices"_s);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.errorCode(), u"E0000015"_s);
        QCOMPARE(client.get(u"/api/v1/users"_s).status, 200);
        QVERIFY(client.get(u"/.well-known/okta-organization"_s).body.contains(R"("pipeline":"v1")"));
    }

private:
    static QString encoded(const QString &text) { return QString::fromUtf8(QUrl::toPercentEncoding(text)); }
    static QJsonObject object(const std::string &line)
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
    }

    Simulator::Options m_options;
    std::unique_ptr<Simulator> m_simulator;
};

QTEST_GUILESS_MAIN(TestProfilesApi)
#include "tst_profiles_api.moc"
