// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/entities/EntityPicker.h"
#include "ui/entities/EntityReader.h"
#include "ui/entities/EntityView.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; ///< milliseconds

/// One with a device, a chain of addresses and a user among its targets, and one that has none of these.
std::vector<std::string> someEvents()
{
    SampleEvent bare;
    SampleEvent full;
    full.n = 1;
    full.actor = "ada";
    full.extra = R"(,"device":{"id":"guo1","name":"Mac of Ada","os_platform":"OSX"},)"
                 R"("request":{"ipChain":[{"ip":"198.51.100.44"},{"ip":"198.51.100.45"}]},)"
                 R"("debugContext":{"debugData":{"dtHash":"hash1"}},)"
                 R"("target":[{"id":"00ubob","type":"User","alternateId":"bob@example.com","displayName":"Bob"}])";
    return {bare.json(), full.json()};
}

} // namespace

/// The ways from the events, and from a name, to the pages of actors, addresses, devices and apps.
class EntityWaysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCellOpensWhomItNames_data();
    void aCellOpensWhomItNames();
    void aCellThatNamesNobodySaysSo();
    void devicesAreFoundByName();
    void cleanupTestCase();

private:
    QModelIndex cell(int row, const QString &path)
    {
        m_driver->window().showView(MainWindow::View::Events);
        m_driver->table().addColumn(path);
        EventTableModel &model = m_driver->events().model();
        int column = 0;
        while (column < model.columnCount() && model.pathOf(column) != path) {
            ++column;
        }
        const QModelIndex index = model.index(row, column);
        const bool isRead = QTest::qWaitFor(
            [&] {
                return !index.data(EventTableModel::IsLoadingRole).toBool()
                    && (row > 0 || !index.data().toString().isEmpty());
            },
            patience);
        m_driver->table().scrollTo(index);
        return isRead ? index : QModelIndex();
    }
    QString title() { return m_driver->find<QLabel>(u"entityTitle"_s)->text(); }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void EntityWaysTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_entity_ways"_s);
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(someEvents());
    m_file->putUsers({R"({"id":"00uada","status":"ACTIVE","profile":{"login":"ada@example.com","department":"Ops"}})"});
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void EntityWaysTest::cleanupTestCase()
{
    m_driver.reset();
}

void EntityWaysTest::aCellOpensWhomItNames_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    for (const auto &[path, name] :
        {std::pair("device.id", "guo1"), std::pair("device.name", "guo1"), std::pair("device.os_platform", "guo1"),
            std::pair("debugContext.debugData.dtHash", "hash1"), std::pair("request.ipChain.ip", "198.51.100.44"),
            std::pair("client.geographicalContext.country", "203.0.113.1"),
            std::pair("target.displayName", "bob@example.com"), std::pair("actor.displayName", "ada@example.com"),
            std::pair("actor.id", "00uada"), std::pair("actor.profile.department", "ada@example.com")}) {
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(name);
    }
}

void EntityWaysTest::aCellOpensWhomItNames()
{
    QFETCH(const QString, path);
    QFETCH(const QString, name);
    EntityView *entities = m_driver->window().entities();
    for (const bool byKey : {true, false}) {
        entities->open(store::Entity::actor("somebody else"));
        QTRY_COMPARE_WITH_TIMEOUT(title(), u"somebody else"_s, patience);
        const QModelIndex index = cell(0, path);
        QVERIFY(index.isValid());
        m_driver->activate();
        const QRect sign = m_driver->table().entitySign(index);
        QVERIFY(m_driver->table().visualRect(index).contains(sign));
        QVERIFY(m_driver->table().viewport()->rect().contains(sign));
        if (byKey) {
            m_driver->table().setFocus();
            m_driver->table().setCurrentIndex(index);
            QTest::keyClick(&m_driver->table(), Qt::Key_Return, Qt::AltModifier);
        } else {
            // Elsewhere in the cell a click only chooses it.
            QTest::mouseClick(m_driver->table().viewport(), Qt::LeftButton, {},
                m_driver->table().visualRect(index).topLeft() + QPoint(4, 4));
            QTest::qWait(50);
            QCOMPARE(title(), u"somebody else"_s);
            QTest::mouseClick(m_driver->table().viewport(), Qt::LeftButton, {}, sign.center());
        }
        QTRY_COMPARE_WITH_TIMEOUT(title(), name, patience);
        QVERIFY(entities->isVisible());
    }
}

void EntityWaysTest::aCellThatNamesNobodySaysSo()
{
    const QModelIndex index = cell(1, u"device.id"_s);
    QVERIFY(index.isValid());
    QVERIFY(m_driver->table().entitySign(index).isEmpty());
    m_driver->activate();
    m_driver->table().setFocus();
    m_driver->table().setCurrentIndex(index);
    QTest::keyClick(&m_driver->table(), Qt::Key_Return, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(m_driver->window().findChildren<QLabel *>(),
                                 [](const QLabel *label) { return label->text().contains(u"This cell names no"_s); }),
        patience);
    QVERIFY(m_driver->events().isVisible());
}

void EntityWaysTest::devicesAreFoundByName()
{
    EntityView *entities = m_driver->window().entities();
    EntityPicker *picker = entities->picker();
    for (const auto &[typed, name] : {std::pair(u"mac"_s, u"Mac of Ada"_s), std::pair(u"hash"_s, u"hash1"_s)}) {
        m_driver->shortcut(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(picker->edit()->hasFocus());
        picker->kind()->setCurrentIndex(static_cast<int>(store::EntityKind::Device));
        QTest::keyClicks(picker->edit(), typed);
        QAbstractItemView *popup = picker->edit()->completer()->popup();
        QTRY_VERIFY_WITH_TIMEOUT(popup->isVisible() && popup->model()->rowCount() == 1, patience);
        QCOMPARE(popup->model()->index(0, 0).data().toString(), name);
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(title(), name, patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            entities->reader().state() == EntityReader::State::Ready && entities->reader().data().total == 1, patience);
    }
}

QTEST_MAIN(EntityWaysTest)
#include "tst_entity_ways.moc"
